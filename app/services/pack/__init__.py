"""研判材料包: a folder that holds a hit with everything it rests on, and the check of such a folder against today."""
