"""限閱案件: the closed list, marking a file, agreeing, naming readers, ending."""
