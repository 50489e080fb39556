"""What files that are no scans say, set as pages: Word and LibreOffice documents, texts, mails, chats, pictures."""
