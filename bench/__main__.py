"""Every benchmark in one run, printed as ratios. `make bench`; sizes by --rows and --reports of each module."""

import runpy
import sys

for module in ("bench.bench_check", "bench.bench_matching", "bench.bench_scoring", "bench.bench_simulation"):
    sys.argv = [module]
    runpy.run_module(module, run_name="__main__")
