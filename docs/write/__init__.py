"""What developers write with the program: pages of these documents, and tables that it carries. No command needs it."""
