#include "tests/support/reference_costs.h"

#include <algorithm>
#include <stdexcept>
#include <variant>

#include "sim/config/load_model.h"

namespace autoscale::test {
namespace {

constexpr std::size_t kCpuSlot = 0;
constexpr std::size_t kWifiSlot = 3;
constexpr std::size_t kWifiDirectSlot = 4;
constexpr std::size_t kLteSlot = 5;
constexpr std::size_t kBaseSlot = 6;

std::optional<ReferenceRadio> load_link(const std::optional<LinkSpec>& link, const DataPath& data) {
  if (!link) return std::nullopt;
  return ReferenceRadio{load_radio(data, link->radio), link->signal.constant_dbm.value()};
}

// Straight lines between the points, flat outside.
double read_table(const SignalTable& table, double dbm) {
  const std::size_t n = table.dbm.size();
  std::size_t i = 1;
  while (i < n && table.dbm[i] < dbm) ++i;
  if (i == n) return table.values[n - 1];
  if (dbm <= table.dbm[0]) return table.values[0];
  const double slope = (table.values[i] - table.values[i - 1]) / (table.dbm[i] - table.dbm[i - 1]);
  return table.values[i - 1] + slope * (dbm - table.dbm[i - 1]);
}

double macs_per_second(LayerKind kind, const Throughput& t) {
  if (kind == LayerKind::kConvFirst) return 1e9 * t.conv_first_gmac_per_s;
  if (kind == LayerKind::kConvKxK) return 1e9 * t.conv_kxk_gmac_per_s;
  if (kind == LayerKind::kConv1x1) return 1e9 * t.conv_1x1_gmac_per_s;
  if (kind == LayerKind::kDwConv) return 1e9 * t.dwconv_gmac_per_s;
  if (kind == LayerKind::kFc) return 1e9 * t.fc_gmac_per_s;
  if (kind == LayerKind::kRc || kind == LayerKind::kEmbed) return 1e9 * t.rc_gmac_per_s;
  return 0.0;
}

// Milliseconds at the reference frequency, undisturbed.
struct Work {
  double dispatch = 0.0;
  double compute = 0.0;
  double memory = 0.0;
};

Work layer_work(const Layer& layer, const Throughput& t) {
  Work w;
  const double speed = macs_per_second(layer.kind, t);
  w.compute = t.op_us / 1000.0 + (speed > 0.0 ? 1000.0 * layer.macs / speed : 0.0);
  double elements = (layer.in_bytes + layer.out_bytes) / 4.0;
  if (layer.kind == LayerKind::kFc) elements += layer.weight_bytes / 4.0;
  if (t.memory_gb_per_s > 0.0) {
    w.memory = 1000.0 * elements * t.activation_bytes_per_element / (1e9 * t.memory_gb_per_s);
  }
  return w;
}

double layer_scale(const Layer& layer, const LatencyProfile& profile) {
  const bool wide = layer.kind == LayerKind::kConvFirst || layer.kind == LayerKind::kConvKxK;
  return wide ? profile.scale_conv_kxk.value : profile.scale.value;
}

std::optional<Work> network_work(const Network& network, const LatencyProfile& profile) {
  if (!profile.networks.contains(network.name)) return std::nullopt;
  const NetworkLatency& entry = profile.networks.at(network.name);
  Work sum;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Work one = layer_work(network.layers[i], profile.throughput);
    const double own = one.compute + one.memory;
    const double scale = entry.layers_ms.empty() ? layer_scale(network.layers[i], profile)
                         : own > 0.0             ? entry.layers_ms[i] / own
                                                 : 0.0;
    sum.compute += scale * one.compute;
    sum.memory += scale * one.memory;
    if (own <= 0.0 && !entry.layers_ms.empty()) sum.compute += entry.layers_ms[i];
  }
  sum.dispatch = profile.dispatch_ms.value;
  if (entry.latency_ms) {  // the layers together take what was measured
    const double fit = (*entry.latency_ms - sum.dispatch) / (sum.compute + sum.memory);
    sum.compute *= fit;
    sum.memory *= fit;
  }
  return sum;
}

const ProcessorProfile& processor_of(const DeviceProfile& device, ProcessorKind kind) {
  for (const ProcessorProfile& p : device.processors) {
    if (p.kind == kind) return p;
  }
  throw std::logic_error("no such processor");
}

const LatencyProfile& latency_of(const ProcessorProfile& processor, Precision precision) {
  for (const LatencyProfile& l : processor.latency) {
    if (l.precision == precision) return l;
  }
  throw std::logic_error("no such precision");
}

double peak_w(const ReferenceWorld& world, const ProcessorProfile& p) {
  return world.measured_power ? p.peak_power_measured_w.value : p.peak_power_paper_w.value;
}

// The phone as a request finds it.
struct Phone {
  double share_inference = 1.0;  // slowdown of the inference's threads, and of their power
  double share_host = 1.0;       // of one thread
  double host_w = 0.0;           // one core, undisturbed
  double idle_w = 0.0;           // awake, absolute
  double awake_w = 0.0;          // awake, over suspend
};

Phone phone_of(const ReferenceWorld& world) {
  Phone phone;
  const ProcessorProfile& cpu = processor_of(world.phone, ProcessorKind::kCpu);
  const double taken = world.cpu_ratio * cpu.cores;
  phone.share_inference = std::max(1.0, (cpu.threads + taken) / cpu.cores);
  phone.share_host = std::max(1.0, (1.0 + taken) / cpu.cores);
  phone.host_w = peak_w(world, cpu) / cpu.threads;
  phone.idle_w = world.phone.awake_w.value;
  for (const ProcessorProfile& p : world.phone.processors) phone.idle_w += p.idle_power_w.value;
  phone.awake_w = phone.idle_w - world.phone.suspend_w.value;
  return phone;
}

ReferenceCost local_cost(const ReferenceWorld& world, const ProcessorProfile& p, const Work& work,
                         const Target& target) {
  const Phone phone = phone_of(world);
  const bool cpu = p.kind == ProcessorKind::kCpu;
  const auto step = static_cast<std::size_t>(target.step);
  const double slower = p.frequency_mhz.values.back() / p.frequency_mhz.values[step];
  const double share = cpu ? phone.share_inference : 1.0;
  const double waiting = 1.0 - p.memory_sensitivity_ratio.value * world.memory_ratio;
  const double dispatch = work.dispatch * phone.share_host;
  const double layers = work.compute * slower * share + work.memory / waiting;
  const double busy_w = peak_w(world, p) * p.busy_power_ratio.values[step];
  const auto slot = static_cast<std::size_t>(p.kind);
  ReferenceCost cost;
  cost.latency_ms = dispatch + layers;
  if (world.paper_energy) {  // busy all the time: nothing is left for P_idle
    cost.mj[slot] = (p.kind == ProcessorKind::kDsp ? peak_w(world, p) : busy_w) * cost.latency_ms;
    return cost;
  }
  cost.mj[slot] = (busy_w - p.idle_power_w.value) / share * layers;
  cost.mj[kCpuSlot] += phone.host_w / phone.share_host * dispatch;
  cost.mj[kBaseSlot] = phone.awake_w * cost.latency_ms;
  return cost;
}

ReferenceCost remote_cost(const ReferenceWorld& world, const ReferenceRadio& link, std::size_t slot,
                          double rtt_ms, double remote_ms, double up_bytes, double down_bytes) {
  const Phone phone = phone_of(world);
  const RadioProfile& r = link.profile;
  const double idle = r.idle_w.value;
  const double dispatch = world.phone.offload_dispatch_ms.value().value * phone.share_host;
  const double up = up_bytes * 8.0 / (1000.0 * read_table(r.uplink_mbps, link.dbm));
  const double down = down_bytes * 8.0 / (1000.0 * read_table(r.downlink_mbps, link.dbm));
  const double tx_w = read_table(r.tx_power_w, link.dbm);
  const double rx_w = read_table(r.rx_power_w, link.dbm);
  const double away = rtt_ms + remote_ms;        // between the last bit up and the first bit down
  const double apart = world.gap_ms + dispatch;  // between the last bit down and the next bit up
  const double tail = r.tail_ms.value;
  double promotion = 0.0;
  if (apart >= tail) promotion += r.promotion_ms.value;
  if (away >= tail) promotion += r.promotion_ms.value;
  ReferenceCost cost;
  cost.latency_ms = dispatch + promotion + up + away + down;
  if (world.paper_energy) {
    const double rest = cost.latency_ms - up - down;
    cost.mj[slot] = tx_w * up + rx_w * down + idle * rest;
    cost.mj[kBaseSlot] = phone.idle_w * rest;
    return cost;
  }
  cost.mj[kCpuSlot] = phone.host_w / phone.share_host * dispatch;
  cost.mj[slot] = (tx_w - idle) * up + (rx_w - idle) * down +
                  (r.tail_w.value - idle) * (std::min(tail, away) + std::min(tail, apart));
  if (promotion > 0.0) cost.mj[slot] += (r.promotion_w.value - idle) * promotion;
  cost.mj[kBaseSlot] = phone.awake_w * cost.latency_ms;
  return cost;
}

}  // namespace

ReferenceWorld load_reference(const Scenario& scenario, const DataPath& data) {
  ReferenceWorld world;
  world.phone = load_device(data, scenario.device);
  if (!scenario.edge_peer.empty()) world.edge = load_device(data, scenario.edge_peer);
  if (!scenario.cloud.empty()) world.cloud = load_device(data, scenario.cloud);
  world.wifi = load_link(scenario.links.wifi, data);
  world.wifi_direct = load_link(scenario.links.wifi_direct, data);
  world.lte = load_link(scenario.links.lte, data);
  if (scenario.co_runner.constant) {
    world.cpu_ratio = scenario.co_runner.constant->cpu_ratio;
    world.memory_ratio = scenario.co_runner.constant->memory_ratio;
  }
  world.gap_ms = std::get<ClosedLoop>(scenario.workload.front().arrivals).think_ms;
  world.measured_power = scenario.power_scale == PowerScale::kMeasured;
  world.paper_energy = scenario.energy_model == EnergyModel::kPaper;
  return world;
}

double reference_uplink_bytes(const WorkloadSpec& workload, const Network& network) {
  if (workload.payload == PayloadFormat::kFp32) return network.payload.fp32_bytes;
  const double ratio = workload.payload == PayloadFormat::kJpeg ? workload.jpeg_ratio : 1.0;
  return ratio * network.payload.uint8_bytes;
}

std::optional<ReferenceCost> reference_cost(const ReferenceWorld& world, const Network& network,
                                            double uplink_bytes, const Target& target) {
  const bool edge = target.site == Site::kEdgePeer;
  const DeviceProfile& device = target.site == Site::kPhone ? world.phone
                                : edge                      ? world.edge.value()
                                                            : world.cloud.value();
  const ProcessorProfile& processor = processor_of(device, target.processor);
  const auto work = network_work(network, latency_of(processor, target.precision));
  if (!work) return std::nullopt;
  if (target.site == Site::kPhone) return local_cost(world, processor, *work, target);
  const double remote = work->dispatch + work->compute + work->memory;
  const double down = network.payload.result_bytes;
  if (edge) {
    return remote_cost(world, world.wifi_direct.value(), kWifiDirectSlot,
                       world.wifi_direct->profile.rtt_ms.value, remote, uplink_bytes, down);
  }
  const ReferenceRadio& link = world.wifi ? *world.wifi : world.lte.value();
  const double wan = device.wan_rtt_ms ? device.wan_rtt_ms->value : 0.0;
  return remote_cost(world, link, world.wifi ? kWifiSlot : kLteSlot,
                     link.profile.rtt_ms.value + wan, remote, uplink_bytes, down);
}

}  // namespace autoscale::test
