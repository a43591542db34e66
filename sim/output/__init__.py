"""What people look at: charts, reports, pages, documents."""
