"""How people come in and prove who they are: passkeys, passwords, second factors, sessions, invitations, review."""
