"""Holds the program's JSON Schemas against every file that ships and every invalid one.

Usage: schema.py SOURCE_DIR SCHEMA_DIR, where SCHEMA_DIR holds scenario.json, device.json, ... and
policy_NAME.json as the program prints them.
"""

import json
import pathlib
import sys

import jsonschema

source, schemas = (pathlib.Path(argument) for argument in sys.argv[1:])
failures = []

# Invalid files that no JSON Schema can refuse, or that this one leaves to the program, and why.
NOT_JSON = "is no JSON document, so there is nothing to hold a schema against"
RELATION = "relates values to each other"
CONDITION = "is required or not depending on another value"
REFERENCE = "names something elsewhere in the file"
ONLY_THE_PROGRAM = {
    "device_awake_below_suspend": RELATION,
    "device_cloud_without_rtt": CONDITION,
    "device_cloud_that_warms": CONDITION,
    "device_duplicate_precision": RELATION,
    "device_duplicate_processor": RELATION,
    "device_frequencies_descend": RELATION,
    "device_idle_above_busy": RELATION,
    "device_measured_without_latency": CONDITION,
    "device_phone_without_power": CONDITION,
    "device_power_lengths": RELATION,
    "device_power_reference": RELATION,
    "device_throttling_cap_rises": RELATION,
    "device_throttling_caps_nothing": CONDITION,
    "device_throttling_descends": RELATION,
    "device_throttling_without_processor": REFERENCE,
    "network_accuracy_fp32_missing": CONDITION,
    "network_cycle": REFERENCE,
    "network_duplicate_layer": RELATION,
    "network_edges": RELATION,
    "network_pred_out_of_range": REFERENCE,
    "network_self_cycle": REFERENCE,
    "network_totals": RELATION,
    "network_two_inputs": REFERENCE,
    "radio_lengths_differ": RELATION,
    "radio_levels_descend": RELATION,
    "radio_power_below_idle": RELATION,
    "scenario_arrival_times_descend": RELATION,
    "scenario_cloud_route_missing": CONDITION,
    "scenario_cloud_route_without_link": CONDITION,
    "scenario_cloud_unreachable": CONDITION,
    "scenario_duplicate_policies": RELATION,
    "scenario_edge_peer_unreachable": CONDITION,
    "scenario_gaussian_short": RELATION,
    "scenario_gaussian_too_many_samples": RELATION,
    "scenario_handover_levels_crossed": RELATION,
    "scenario_handover_levels_unused": CONDITION,
    "scenario_handover_without_lte": CONDITION,
    "scenario_inferences_missing": CONDITION,
    "scenario_leave_out_all": RELATION,
    "scenario_leave_out_twice": RELATION,
    "scenario_leave_out_unknown": RELATION,
    "scenario_markov_empty_band": RELATION,
    "scenario_markov_row_sum": RELATION,
    "scenario_markov_row_too_long": RELATION,
    "scenario_markov_rows_missing": RELATION,
    "scenario_policy_config_unknown": "names a file that is not there",
    "scenario_steps_start_late": RELATION,
    "scenario_trace_offset_twice": RELATION,
    "scenario_trace_to_before_from": RELATION,
    "scenario_workload_order_missing": CONDITION,
    "text_comment": NOT_JSON,
    "text_control_character": NOT_JSON,
    "text_empty": NOT_JSON,
    "text_infinity": NOT_JSON,
    "text_latin1": NOT_JSON,
    "text_missing_comma": NOT_JSON,
    "text_nan": NOT_JSON,
    "text_single_quotes": NOT_JSON,
    "text_trailing_comma": NOT_JSON,
    "text_truncated": NOT_JSON,
    "text_truncated_object": NOT_JSON,
    "text_two_documents": NOT_JSON,
    "text_utf16": NOT_JSON,
    "text_utf16_no_mark": NOT_JSON,
}
# Of sweeps: what relates values to each other, names something elsewhere, is of one of its points, or no JSON.
SWEEPS_ONLY_THE_PROGRAM = {
    "exclude_always", "exclude_nothing_said", "exclude_unknown_column", "linspace_no_way", "logspace_through_zero",
    "name_of_key", "name_of_metric", "name_twice", "names_beside_values", "no_pointer", "pointer_appends",
    "pointer_inside_other", "pointer_to_seed", "pointer_twice", "pointer_without_slash", "policies_twice", "policy_key_unknown",
    "sample_range_descends", "sample_whole_of_half", "scenario_twice", "scenario_unknown", "set_and_axis",
    "set_unknown_key", "stopping_below_least", "stopping_unknown_metric", "stopping_with_one", "too_many_points",
    "truncated", "utf16", "value_of_wrong_type", "value_out_of_bounds", "zip_lengths", "zip_with_pointer",
}


def validator(name):
    schema = json.loads((schemas / f"{name}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def strictly(text):
    """Parses what RFC 8259 calls JSON; Python alone accepts NaN and Infinity as well."""

    def refuse(constant):
        raise ValueError(f"{constant} is no JSON")

    return json.loads(text, parse_constant=refuse)


def first_error(validator, file):
    document = strictly(file.read_bytes().decode("utf-8"))
    error = next(validator.iter_errors(document), None)
    return error and f"/{'/'.join(map(str, error.absolute_path))}: {error.message}"


KINDS = {
    "scenario": "scenarios/**/*.json",
    "device": "models/devices/*.json",
    "network": "models/networks/*.json",
    "radio": "configs/radios/*.json",
    "policy_autoscale": "configs/policies/*.json",
    "sweep": "configs/sweeps/*.json",
    "regression": "configs/regression.json",
    "trace_model": "traces/models/*.json",
}
validators = {kind: validator(kind) for kind in KINDS}
for file in schemas.glob("policy_*.json"):
    validator(file.stem)

shipped = 0
for kind, pattern in KINDS.items():
    files = sorted(source.glob(pattern))
    if not files:
        failures.append(f"no file matches {pattern}")
    for file in files:
        shipped += 1
        if error := first_error(validators[kind], file):
            failures.append(f"{file} ships, but its schema refuses it: {error}")

refused, left = 0, 0
invalid = sorted((source / "tests/config/invalid").glob("*.json"))
invalid += [file for file in sorted((source / "tests/sweep/invalid").glob("*.json"))
            if file.stem not in SWEEPS_ONLY_THE_PROGRAM]
for file in invalid:
    kind = "sweep" if file.parent.parent.name == "sweep" else file.stem.split("_")[0]
    try:
        error = first_error(validators.get(kind, validators["scenario"]), file)
    except (ValueError, UnicodeDecodeError):
        error = None  # no JSON: only the program can say so
    listed = ONLY_THE_PROGRAM.pop(file.stem, None)
    if error and listed:
        failures.append(f"{file.stem} is refused by the schema and has no place in the list: {error}")
    elif not error and not listed:
        failures.append(f"{file.stem} is refused by the program only, and the list does not say why")
    refused += bool(error)
    left += bool(listed)
failures += [f"{name} is listed, but there is no such file" for name in ONLY_THE_PROGRAM]

# What the program says when asked by hand, the schema says as well.
ACCEPTED = {"$schema": "scenario.schema.json", "$comment": [1], "name": "x", "device": "d",
            "workload": [{"network": "n", "inferences": 1e3, "accuracy": {"percent": 70}}],
            "seed": 2**64 - 1,
            "policies": ["oracle", {"policy": "sarsa", "config": {"epsilon": 0.2, "lambda": 0.5, "q_value_bits": "8",
                                                                 "features_left_out": ["cpu", "wifi"]}}]}
REFUSED = {
    "a $schema that is no string": {"$schema": 1},
    "a $schema further in": {"links": {"$schema": "x"}},
    "a seed beyond 64 bits": {"seed": 2**64},
    "an unknown policy": {"policies": ["orcale"]},
    "another policy's field": {"policies": [{"policy": "oracle", "config": {"epsilon": 0.2}}]},
    "a field out of bounds": {"policies": [{"policy": "autoscale", "config": {"epsilon": 2}}]},
    "a shared field that no policy knows": {"policy": {"nonsense": 1}},
    "a feature that there is not": {"policy": {"features_left_out": ["wfi"]}},
    "a feature listed twice": {"policy": {"features_left_out": ["cpu", "cpu"]}},
    "bits as a number": {"policy": {"q_value_bits": 16}},
    "lambda of a policy without traces": {"policies": [{"policy": "double_q", "config": {"lambda": 0.5}}]},
    "no steps": {"co_runner": {"steps": []}},
    "two arrival processes": {
        "workload": [dict(ACCEPTED["workload"][0], arrivals={"closed_loop": {}, "poisson": {"rate_hz": 1}})]},
}
scenario = validators["scenario"]
for error in scenario.iter_errors(ACCEPTED):
    failures.append(f"a valid scenario is refused: {error.message}")
for name, change in REFUSED.items():
    if scenario.is_valid({**ACCEPTED, **change}):
        failures.append(f"{name} is accepted")

print(f"{shipped} shipped files valid, {refused} invalid files refused, {left} left to the program")
print("\n".join(failures), file=sys.stderr)
sys.exit(1 if failures or shipped < 20 or refused < 25 else 0)
