"""What is known of an article beside its text: names of fields, dates, languages, agencies, bylines."""
