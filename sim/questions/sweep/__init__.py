"""Many runs of one scenario: a design of members, run in blocks that are never lost."""
