"""Mail: mailboxes and single mails, by threads, each writer with their own words."""
