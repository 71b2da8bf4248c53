"""What `doctor` looks at: settings, sign-in, rights and scope, calendars, site, people, links, files, ledger."""
