# What is simulated, and how much of it. Sourced by scripts/reproduce.

sim=${AUTOSCALE_SIM:-$root/build/release/bin/autoscale-sim}
phones=(mi8pro galaxy_s10e moto_x_force)
networks=(inception_v1 inception_v3 mobilenet_v1 mobilenet_v2 mobilenet_v3 resnet50 ssd_mobilenet_v1 ssd_mobilenet_v2
  ssd_mobilenet_v3 mobilebert)
static=(s1 s2 s3 s4 s5)
dynamic=(d1 d2 d3 d4)
seed=1000 # reported seeds are others than those that the defaults were chosen with

# quick: enough for an interval, and for every table and figure to exist.
if ((quick)); then
  replications=2
  learning_replications=2
  learning_inferences=200
  sensitivity_replications=2
  joint_points=4
  joint_replications=1
  sweep_networks=(mobilenet_v3)
  rssi_levels=(-55 -70 -80 -90)
  load_levels=(0 0.5 1)
  sample_counts=(1 10 60)
  left_out_networks=(mobilenet_v3 mobilebert)
  left_out_replications=2
else
  replications=30
  learning_replications=10
  learning_inferences=400
  sensitivity_replications=10
  joint_points=240
  joint_replications=2
  sweep_networks=(mobilenet_v3 resnet50 mobilebert)
  rssi_levels=(-50 -55 -60 -65 -70 -75 -80 -85 -90)
  load_levels=(0 0.125 0.25 0.375 0.5 0.625 0.75 0.875 1)
  sample_counts=(1 2 5 10 20 50 100 200 500)
  left_out_networks=("${networks[@]}")
  left_out_replications=10
fi

# The stricter accuracy requirement of the paper: 65 % for the six classifiers, and for the others, whose metrics that
# scale does not fit, 0.97 of FP32 (assumed), as the scenarios have 50 % and 0.90.
accuracy_65=()
for w in 0 1 2 3 4 5; do accuracy_65+=(--set "/workload/$w/accuracy={\"percent\":65}"); done
for w in 6 7 8; do accuracy_65+=(--set "/workload/$w/accuracy={\"ratio_to_fp32\":0.97}"); done
accuracy_65_mobilebert=(--set '/workload/9/accuracy={"ratio_to_fp32":0.97}') # not in the streaming scenarios
