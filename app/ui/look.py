"""Colours and fonts of charts; the same as those of the canvas (`app/components/src/canvas/look.ts`)."""

FONTS = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, Noto Sans SC, sans-serif"
COLORS = {
    "Person": "#2f6db5",
    "Company": "#b8651b",
    "Agency": "#8a2b2b",
    "Account": "#4a6572",
    "other": "#6b6b6b",
}
