"""What the user asked for: the shape of scenario, policy, plan and region files, and what they resolve to."""
