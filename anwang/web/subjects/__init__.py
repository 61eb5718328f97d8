"""The desk of data subjects: requests, how long records are kept, the published register of files."""
