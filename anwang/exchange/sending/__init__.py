"""What goes out to other systems: messages by HTTPS, files in a folder, done again until they are taken."""
