"""By how many per cent a result changes when one of a model's parameters changes by one per cent."""

import math
from collections.abc import Callable, Mapping

_STEP = 1e-4  # numerical: of the parameter; a central difference on logarithms is then exact to about 1e-8


def elasticity(f: Callable[..., float], params: Mapping[str, float], name: str) -> float:
    """Return d log f / d log params[name], where `f` is called as f(**params); `params` is left as it is.

    Raises ValueError for a name that `params` does not hold, a parameter of 0 (no per cent of it is a change), or a
    function that is 0 or changes its sign there.
    """
    if name not in params:
        raise ValueError(f"There is no parameter {name}; there are {', '.join(params)}.")
    value = float(params[name])
    if value == 0.0:
        raise ValueError(f"{name} is 0, and a per cent of 0 is no change.")
    low, high = (float(f(**{**params, name: value * factor})) for factor in (1.0 - _STEP, 1.0 + _STEP))
    if not (math.isfinite(low) and math.isfinite(high)) or low * high <= 0.0:
        raise ValueError(f"Around {name} = {value:g} the function is 0, not finite, or changes its sign.")
    return math.log(high / low) / math.log((1.0 + _STEP) / (1.0 - _STEP))
