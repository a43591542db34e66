"""What would it take: the least change of some levers that makes every target likely enough."""
