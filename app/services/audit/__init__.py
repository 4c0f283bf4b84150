"""From a contract to officials: the firm, who controls it, their kin, and what power the kin hold over the buyer."""
