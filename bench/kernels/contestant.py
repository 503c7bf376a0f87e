"""The process of one contestant that runs in Python: answers requests, one after another. See contestant.ts."""

import json
import os
import sys
import time

import numpy as np


def toolbox(name):
    """What calls may name, and the library's version."""
    if name == "opencv":
        import cv2

        cv2.setNumThreads(int(os.environ["OMP_NUM_THREADS"]))
        return {"np": np, "cv2": cv2}, cv2.__version__
    import skimage
    from scipy import ndimage
    from skimage import color, exposure, feature, filters, measure, metrics
    from skimage import morphology, restoration, segmentation, transform, util

    modules = [color, exposure, feature, filters, measure, metrics]
    modules += [morphology, restoration, segmentation, transform, util, ndimage]
    names = {module.__name__.split(".")[-1]: module for module in modules}
    return {"np": np, **names}, skimage.__version__


# The clock is looked at about so often.
LOOK_SECONDS = 1e-3

NAMES, VERSION = toolbox(sys.argv[1])
prepared = {}


def image(stored):
    shape = [stored["height"], stored["width"]] + [stored["channels"]][: stored["channels"] > 1]
    return np.fromfile(stored["file"], stored["dtype"]).reshape(shape)


def prepare(request):
    names = {**NAMES, **{stored["name"]: image(stored) for stored in request["inputs"]}}
    exec(request.get("prepare", ""), names)
    prepared["run"] = eval(f"lambda: ({request['run']})", names)
    prepared["result"] = eval(f"lambda result: ({request.get('result', 'result')})", names)
    return {"version": VERSION, "reuses": False}


def run(request):
    if request["leadMilliseconds"] > 0:
        calls_for(request["leadMilliseconds"])
    return calls_for(request["milliseconds"])


def calls_for(milliseconds):
    """Calls for so long, and once at least. See contestant-process.ts."""
    call = prepared["run"]
    calls = 0
    used = 0
    unlooked = 1
    before = time.process_time()
    start = time.perf_counter()
    while calls == 0 or 1000 * used < milliseconds:
        for _ in range(unlooked):
            call()
        calls += unlooked
        used = time.process_time() - before
        unlooked = max(1, int(LOOK_SECONDS * calls / used))
    passed = time.perf_counter() - start
    return {"processor": 1000 * used / calls, "passed": 1000 * passed / calls}


def answer(request):
    result = prepared["run"]()
    np.asarray(prepared["result"](result), np.float64).tofile(request["file"])
    return {}


HANDLERS = {"prepare": prepare, "run": run, "answer": answer}

for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = HANDLERS[request["do"]](request)
    except Exception as error:  # whatever a library says against a call
        reply = {"error": f"{type(error).__name__}: {error}"}
    os.write(3, (json.dumps(reply) + "\n").encode())
