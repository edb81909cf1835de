"""Vowpal Wabbit: one logistic regression for each tag, in one pass as closes come, or in several."""

from typing import ClassVar, Final

from vowpalwabbit import Workspace

from labelled_closes import Close

# Kept for all sets after trying, on the rows that are judged, rates of 0.1 to 2, --power_t 0.3 to 0.45 (at best half a
# point more on the split and 0.7 less prequentially, in twice the time), --coin, no --normalized, texts scaled by their
# length, --affix instead of n-grams, those of 3-5, no pairs of words, -b 22 and 26, and --oaa, which must learn a close
# with two tags as two.
SETTINGS: Final = "--loss_function logistic --ngram w2 -b 24"
# Tried together on the split: 2 to 16 passes and rates of 0.05 to 0.5; 12 passes score the same.
PASSES: Final = 8
ONLINE_RATE: Final = 0.5
REPEATED_RATE: Final = 0.1
# multilabel_oaa appends each time to the probabilities of an example it has used before. With many examples to use in
# turn the lists stay short; more of them cost memory and no measurable time.
EXAMPLES: Final = 8192
LONGEST: Final = 20  # of a word, in characters
GRAMS: Final = (3, 4)


class VowpalWabbit:
    """A model of one set."""

    settings: ClassVar[str] = f"--multilabel_oaa TAGS --probabilities --link logistic {SETTINGS}"

    def __init__(self, tag_count: int, rate: float) -> None:
        self._tag_count = tag_count
        self._numbers = range(tag_count)
        options = self.settings.replace("TAGS", str(tag_count))
        self._workspace = Workspace(f"{options} -l {rate} --ring_size {EXAMPLES} --quiet")

    @staticmethod
    def prepared(close: Close) -> str:
        """A line of features without labels: words, and n-grams of characters, which it can't make itself."""
        words = [f"<{word[:LONGEST]}>" for word in close.words]
        grams = (word[at : at + n] for word in words for n in GRAMS for at in range(len(word) - n + 1))
        return f" |w {' '.join(close.words)} |c {' '.join(grams)}"

    def learn(self, text: str, tags: list[int]) -> None:
        """One step; `tags` must ascend."""
        self._workspace.learn(",".join(map(str, tags)) + text)

    def ranked(self, text: str) -> list[int]:
        """All tags, best first, equals by name."""
        scores = self._workspace.predict(text)[-self._tag_count :]
        return sorted(self._numbers, key=scores.__getitem__, reverse=True)

    def close(self) -> None:
        """Gives the memory back."""
        self._workspace.finish()
