"""Servers to compare with, each as small as what it stands for.

`bare` is what FastAPI costs, `naive` is the usual solution of this task, `raw` is what uvicorn
costs, `premade` and `premade-gathered` are what writing to subscribers costs.
"""
