"""Makes math.woff2 from STIX Two Math 2.02 (https://github.com/stipub/stixfonts, OFL 1.1).

    python make.py STIX2Math.woff2      # needs fonttools and brotli

Keeps the signs that formulas are made of, and gives the result a name of its own, which the
licence asks for. The tall radicals are made as narrow as the small one: Chromium leaves room
for the widest of them behind every root.
"""

import io
import sys

from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

NAME = "Llmlings Math"

# Letters, marks, alphabets, operators, arrows, brackets, shapes: first and last.
RANGES = """
    0020-007E 00A0-00FF 0131-0131 0237-0237 02C6-02DD 0300-0338 0391-03F6 2000-2070 20D0-20DC
    2100-214F 2190-21D5 2200-22F1 2308-230B 23B4-23E1 25A0-25EF 27C2-27C2 27E6-27EF 27F5-27FF
    29F8-29F8 2A00-2A3F 2A7D-2A7E 2AAF-2AB0 1D400-1D503 1D538-1D56B 1D6A4-1D7E1
"""


def subset(font):
    ranges = [[int(end, 16) for end in r.split("-")] for r in RANGES.split()]
    options = Options(layout_features=["*"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[c for first, last in ranges for c in range(first, last + 1)])
    subsetter.subset(font)


def narrow_radicals(font):
    radical = font.getBestCmap()[0x221A]
    width = font["hmtx"][radical][0]
    variants = font["MATH"].table.MathVariants
    construction = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(radical)]
    names = {record.VariantGlyph for record in construction.MathGlyphVariantRecord}
    names |= {part.glyph for part in construction.GlyphAssembly.PartRecords}
    glyphs = font.getGlyphSet()
    charstrings = font["CFF "].cff.topDictIndex[0].CharStrings
    for name in sorted(names - {radical}):
        advance, bearing = font["hmtx"][name]
        scale = width / advance
        pen = T2CharStringPen(width, glyphs)
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, 1, 0, 0)))
        old = charstrings[name]
        charstrings[name] = pen.getCharString(old.private, old.globalSubrs)
        font["hmtx"][name] = (width, round(bearing * scale))


def rename(font):
    postscript = NAME.replace(" ", "") + "-Regular"
    names = {1: NAME, 3: NAME + ", from STIX Two Math 2.02", 4: NAME, 6: postscript, 16: NAME}
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    cff.topDictIndex[0].FullName = cff.topDictIndex[0].FamilyName = NAME


font = TTFont(sys.argv[1])
subset(font)
# Through a file in memory, so that glyphs are read as they were subset.
kept = io.BytesIO()
font.save(kept)
font = TTFont(io.BytesIO(kept.getvalue()))
narrow_radicals(font)
rename(font)
font.flavor = "woff2"
font.save("math.woff2")
