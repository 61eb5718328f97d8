"""Questions and central answers, promises, loopholes, improvement plans, assessment, practice cards."""
