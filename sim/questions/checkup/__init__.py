"""The yearly check-up: published figures weigh the runs, and what is now likely stands beside what was said."""
