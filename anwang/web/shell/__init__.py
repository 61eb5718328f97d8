"""What every desk's pages share: frame, parts, fields, errors, log-in and the explanation of the signs."""
