"""Kaplan-Meier curves, a mixture cure fit and a histogram, as Vigie does them and as numpy, lifelines and R do.

    peers.py BENCH_PEERS CURVES GAPS

All work on the numbers that BENCH_PEERS (tests/bench/peers.c) makes: CURVES curves, and a histogram of GAPS gaps. Times are of the
processor. What is not installed is skipped in words. Somebody's answer that is not ours is said: then the times compare nothing.
"""
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

OF_CURVE = 1000
R = """
folder <- commandArgs(TRUE)[1]
doubles <- function(name) readBin(file.path(folder, name), "double", file.size(file.path(folder, name)) / 8)
times <- doubles("times.f64"); ended <- doubles("ended.f64"); of <- %d
curves <- length(times) / of
library(survival)
medians <- numeric(curves)
used <- system.time(for (i in 1:curves) {
    here <- (i - 1) * of + 1:of
    medians[i] <- quantile(survfit(Surv(times[here], ended[here]) ~ 1), .5)$quantile
})
cat(1e6 * (used[["user.self"]] + used[["sys.self"]]) / curves, sprintf("%%.17g", mean(medians)))
""" % OF_CURVE


class Skipped(Exception):
    pass


def imported(name):
    try:
        return __import__(name)
    except ImportError:
        raise Skipped(f"{name} is not installed") from None


def micros(work, times=1):
    """Of the processor, for one of `times` pieces of work, and what came of it."""
    start = time.process_time()
    result = work()
    return 1e6 * (time.process_time() - start) / times, result


def numbers(folder, name):
    return imported("numpy").fromfile(folder / f"{name}.f64")


def lifelines_curve(folder):
    lifelines = imported("lifelines")
    gaps = list(zip(numbers(folder, "times").reshape(-1, OF_CURVE), numbers(folder, "ended").reshape(-1, OF_CURVE)))
    return micros(lambda: sum(lifelines.KaplanMeierFitter().fit(*each).median_survival_time_ for each in gaps) / len(gaps), len(gaps))


def lifelines_cure(folder):
    lifelines = imported("lifelines")
    gaps = numbers(folder, "times")[:OF_CURVE], numbers(folder, "ended")[:OF_CURVE]
    fitter = lifelines.MixtureCureFitter(base_fitter=lifelines.WeibullFitter())
    return micros(lambda: fitter.fit(*gaps).cured_fraction_)


def numpy_histogram(folder):
    numpy = imported("numpy")
    hours, edges = numbers(folder, "hours"), numbers(folder, "edges")
    used, (counts, _) = micros(lambda: numpy.histogram(hours, edges))
    return used, float((numpy.arange(len(counts)) * counts).sum())


def r_curve(folder):
    try:
        out = subprocess.run(["Rscript", "-e", R, folder], capture_output=True, text=True)
    except FileNotFoundError:
        raise Skipped("R is not installed") from None
    if "no package called" in out.stderr:
        raise Skipped("R's package survival is not installed")
    if out.returncode:
        raise RuntimeError(out.stderr)
    return tuple(float(each) for each in out.stdout.split())


PEERS = (("lifelines KaplanMeierFitter", "curve", lifelines_curve, 1e-9), ("R survfit", "curve", r_curve, 1e-9),
         ("lifelines MixtureCureFitter", "cure", lifelines_cure, 1e-3), ("numpy.histogram", "histogram", numpy_histogram, 0))


def main():
    program, curves, gaps = sys.argv[1:]
    units = {"curve": f"Kaplan-Meier curve of {OF_CURVE:,} gaps", "cure": f"Weibull mixture cure fit of {OF_CURVE:,} gaps",
             "histogram": f"histogram of {int(gaps):,} gaps"}
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        lines = subprocess.run([program, folder, curves, gaps], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
        ours = {name: (float(used), float(result)) for name, used, result in map(str.split, lines)}
        for name, unit in units.items():
            print(f"{unit:<50} {ours[name][0]:.0f} us, {1e6 / ours[name][0]:.1f} a second")
        for peer, name, work, tolerance in PEERS:
            try:
                used, result = work(Path(folder))
            except Skipped as why:
                print(f"  {peer:<48} skipped: {why}")
                continue
            agrees = abs(result - ours[name][1]) <= tolerance * abs(ours[name][1])
            print(f"  {peer:<48} {used:.0f} us, {1e6 / used:.1f} a second: {used / ours[name][0]:.1f} times as long"
                  + ("" if agrees else f"; BUT ANOTHER ANSWER: {result:.9g}, not {ours[name][1]:.9g}"))


main()
