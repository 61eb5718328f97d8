"""提問精進: questions and answers, loopholes, improvement plans, assessments, practice cards."""
