"""Make the bundled font subsets of resources/fonts from the full OFL fonts.

What lives here: which characters and which weights the product ships. The product itself never needs this script; it
needs fonttools (`pip install fonttools` in a throw-away environment), which is not among the product's dependencies.

The full fonts come from two npm packages, unpacked anywhere:
    npm pack @expo-google-fonts/noto-sans-sc@0.4.3 @expo-google-fonts/inter@0.4.2
    python tools/make_fonts.py --noto DIR/package --inter DIR/package

A subset, and not the full font, because Qt's PDF writer maps Chinese characters of the full font to Kangxi radicals
(the PDF cannot be searched then), and because 2.4 MB a weight can be committed.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import sys
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found,unused-ignore]

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "resources" / "fonts"
WEIGHTS = ("400Regular", "500Medium", "600SemiBold")
SIGNS = (
    "℃±×÷·…—–“”‘’「」『』【】《》〈〉、。，；：？！（）〔〕％￥＋－＝／＜＞～①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢ"
    "▲▼◆◇●○■□△▽★☆→←↑↓↗↘⇄✓✕⚠°‰㎡㎞²³≤≥≠≈−∞"
)
#: Vertical writing is never used and its alternates cost 0.3 MB a weight.
CHINESE_FEATURES = ["ccmp", "locl", "kern", "mark", "mkmk", "liga", "fwid", "hwid", "palt", "halt", "tnum", "pnum"]
#: Figures of equal width and the slashed zero of ticket numbers are what Inter is bundled for.
LATIN_FEATURES = [
    "ccmp",
    "locl",
    "kern",
    "mark",
    "mkmk",
    "liga",
    "calt",
    "tnum",
    "pnum",
    "zero",
    "case",
    "frac",
    "ss01",
]
LATIN_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x2B0, 0x36F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),
    (0x2070, 0x209F),
    (0x20A0, 0x20BF),
    (0x2100, 0x214F),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x25A0, 0x25FF),
)


def gb2312() -> set[str]:
    """All characters of GB 2312 (signs, level 1 and level 2)."""
    chars: set[str] = set()
    for high in range(0xA1, 0xFF):
        for low in range(0xA1, 0xFF):
            try:
                chars.add(bytes([high, low]).decode("gb2312"))
            except UnicodeDecodeError:
                continue  # an unassigned cell of the table
    return chars


def bundled_text() -> set[str]:
    """Every character of the bundled samples and catalogues (place names go beyond GB 2312)."""
    chars: set[str] = set()
    for file in sorted((ROOT / "resources").glob("*/*.csv*")):
        raw = file.read_bytes()
        chars |= set((gzip.decompress(raw) if file.suffix == ".gz" else raw).decode("utf-8"))
    return {char for char in chars if char.isprintable()}


def make(source: Path, target: Path, codes: set[int], features: list[str]) -> None:
    options = subset.Options()
    options.layout_features = features
    options.name_IDs = ["*"]
    options.hinting = False  # software-rendered at 12 px and more: hints cost bytes and change nothing here
    options.notdef_outline = True
    options.recalc_timestamp = False  # the same input gives the same bytes
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(codes))
    subsetter.subset(font)
    subset.save_font(font, str(target), options)
    print(f"{target.name}: {len(font.getBestCmap())} of {len(codes)} characters, {target.stat().st_size / 1e6:.2f} MB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--noto", type=Path, required=True, help="unpacked @expo-google-fonts/noto-sans-sc")
    parser.add_argument("--inter", type=Path, required=True, help="unpacked @expo-google-fonts/inter")
    args = parser.parse_args()
    FONTS.mkdir(parents=True, exist_ok=True)
    ascii_codes = set(range(0x20, 0x7F))
    chinese = {ord(char) for char in gb2312() | bundled_text() | set(SIGNS)} | ascii_codes
    latin = {code for first, last in LATIN_RANGES for code in range(first, last + 1)}
    for weight in WEIGHTS:
        name = weight[3:]
        make(
            args.noto / weight / f"NotoSansSC_{weight}.ttf", FONTS / f"NotoSansSC-{name}.ttf", chinese, CHINESE_FEATURES
        )
        make(args.inter / weight / f"Inter_{weight}.ttf", FONTS / f"Inter-{name}.ttf", latin, LATIN_FEATURES)
    shutil.copyfile(args.noto / "LICENSE_FONT", FONTS / "OFL-NotoSansSC.txt")
    shutil.copyfile(args.inter / "LICENSE_FONT", FONTS / "OFL-Inter.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
