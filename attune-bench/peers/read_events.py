"""Checks that TensorBoard reads a run's event file, and finds in it the numbers of metrics.jsonl.

usage: read_events.py RUN_DIRECTORY
Reads with TensorBoard's own event accumulator. Prints how many numbers agree (events are 32-bit) and
exits 1 when one is missing, differs, or when there are none.
"""

import json
import math
import pathlib
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def main(directory):
    events = EventAccumulator(directory, size_guidance={"scalars": 0})
    events.Reload()
    read = {
        (tag, event.step): event.value for tag in events.Tags()["scalars"] for event in events.Scalars(tag)
    }
    agree, wrong = 0, []
    for line in (pathlib.Path(directory) / "metrics.jsonl").read_text().splitlines():
        metrics = json.loads(line)
        for name, value in metrics.items():
            if name == "step" or not isinstance(value, (int, float)):
                continue
            found = read.get((name, metrics["step"]))
            if found is not None and math.isclose(found, value, rel_tol=1e-6, abs_tol=1e-12):
                agree += 1
            else:
                wrong.append((metrics["step"], name, value, found))
    print(f"{directory}: {agree} numbers agree, {len(wrong)} do not", *wrong[:3])
    return 0 if agree and not wrong else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
