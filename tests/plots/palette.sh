#!/usr/bin/env bash
# Colours of series stay apart in greyscale and for the colour-blind, and nothing depends on colour alone.
source "$SOURCE_DIR/tests/support/plots.sh"

cat >check.py <<'PY'
import itertools, sys
import numpy as np
sys.argv[0] = "check"
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import plotting, plot_layers, plot_timeline

# Machado, Oliveira, Fernandes (2009), severity 1, on linear RGB.
SEES = {"everything": np.eye(3),
        "no red": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
        "no green": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
        "no blue": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]])}

def linear(colour):
    c = np.array([int(colour[i:i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)

def lightness(rgb):
    y = float(np.clip(rgb @ [0.2126, 0.7152, 0.0722], 0, 1))
    return 116 * np.cbrt(y) - 16 if y > 0.008856 else 903.3 * y

for eye, matrix in SEES.items():
    for a, b in itertools.combinations(plotting.COLOURS, 2):
        apart = abs(lightness(matrix @ linear(a)) - lightness(matrix @ linear(b)))
        assert apart > (10 if eye == "everything" else 6), (eye, a, b, apart)
n = len(plotting.COLOURS)
assert len(set(plotting.MARKERS)) == len(set(map(str, plotting.LINES))) == n >= 5
# Areas differ in hatch, or clearly in lightness.
for looks in ([v[1:] for v in plot_timeline.LOOKS.values()], [v[1:] for v in plot_layers.PARTS]):
    for (a, hatch_a), (b, hatch_b) in itertools.combinations(looks, 2):
        assert hatch_a != hatch_b or abs(lightness(linear(a)) - lightness(linear(b))) > 10, (a, b, hatch_a)
PY
"$python" check.py "$SOURCE_DIR/scripts" || fail "the palette"
finish
