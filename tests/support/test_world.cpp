#include "tests/support/test_world.h"

#include "sim/engine/replay.h"

namespace autoscale::test {

double uniform(std::mt19937_64& random, double low, double high) {
  return low + (high - low) * (static_cast<double>(random() >> 11) * 0x1p-53);
}

LayerCosts make_layers(double dispatch_ms,
                       const std::vector<std::pair<double, double>>& compute_memory_ms) {
  LayerCosts c;
  c.dispatch_ms = dispatch_ms;
  c.compute_prefix = {0.0};
  c.memory_prefix = {0.0};
  for (const auto& [compute, memory] : compute_memory_ms) {
    c.compute_prefix.push_back(c.compute_prefix.back() + compute);
    c.memory_prefix.push_back(c.memory_prefix.back() + memory);
  }
  return c;
}

namespace {

void add_target(TestWorld& world, Site site, ProcessorKind kind, LayerCosts layers, double busy_w,
                LinkId link) {
  world.layers.push_back(std::move(layers));
  Target t;
  t.site = site;
  t.processor = kind;
  world.table.targets.push_back(t);
  TargetCost c;
  c.supported = true;
  c.meets_accuracy = true;
  c.local = site == Site::kPhone;
  c.link = link;
  c.server = processor_server(site, kind);
  c.processor = kind;
  c.accuracy_percent = 70.0;
  c.busy_w = busy_w;
  c.layers = &world.layers.back();
  world.table.workloads.front().targets.push_back(c);
}

void set_phone(TestWorld& world) {
  PhoneCost& phone = world.table.phone;
  phone.suspend_w = 0.02;
  phone.awake_w = 0.05;
  phone.awake_total_w = 0.07;
  phone.host_w = 1.0;
  phone.cpu_full_w = 4.0;
  phone.cpu_cores = 4;
  phone.cpu_threads = 4;
  phone.kappa = {0.4, 0.4, 0.4};
  phone.dsp_paper_w = 1.0;
  phone.offload_dispatch_ms = 0.5;
}

}  // namespace

void make_plain(TestWorld& world) {
  world.table.workloads.resize(1);
  WorkloadCost& w = world.table.workloads.front();
  w.qos_ms = 50.0;
  w.uplink_kbit = 80.0;
  w.downlink_kbit = 8.0;
  w.arrivals.count = 1;
  set_phone(world);
  add_target(world, Site::kPhone, ProcessorKind::kCpu, make_layers(0.0, {{10.0, 5.0}, {3.0, 2.0}}),
             4.0, LinkId::kWifi);
  add_target(world, Site::kPhone, ProcessorKind::kGpu, make_layers(1.0, {{4.0, 2.0}, {2.0, 2.0}}),
             2.0, LinkId::kWifi);
  add_target(world, Site::kPhone, ProcessorKind::kDsp, make_layers(0.5, {{8.0, 4.0}}), 1.0,
             LinkId::kWifi);
  add_target(world, Site::kEdgePeer, ProcessorKind::kGpu, make_layers(0.0, {{5.0, 0.0}}), 3.0,
             LinkId::kWifiDirect);
  add_target(world, Site::kCloud, ProcessorKind::kGpu, make_layers(0.0, {{2.0, 0.0}}), 200.0,
             LinkId::kWifi);
  world.table.servers.fill(1);
  world.table.wan_rtt_ms = 20.0;
  world.table.service_noise = false;
  world.environment.load = Timeline<LoadConditions>{resolve_load(world.table.phone, Load{})};
  for (const LinkId l : {LinkId::kWifi, LinkId::kWifiDirect}) {
    const auto i = static_cast<std::size_t>(l);
    world.table.radios[i] = {.present = true,
                             .idle_w = 0.01,
                             .tail_w = 0.3,
                             .promotion_w = 0.2,
                             .tail_ns = 200'000'000,
                             .promotion_ms = 0.0,
                             .rtt_ms = 2.0};
    world.environment.links[i] = Timeline<LinkConditions>{{-55.0, 10.0, 20.0, 0.7, 0.4}};
  }
}

void make_random(TestWorld& world, std::mt19937_64& random, std::size_t segments) {
  make_plain(world);
  for (LayerCosts& layers : world.layers) {
    std::vector<std::pair<double, double>> parts(1 + random() % 40);
    for (auto& [compute, memory] : parts) {
      compute = uniform(random, 0.0, 2.0);
      memory = uniform(random, 0.0, 1.0);
    }
    layers = make_layers(random() % 2 == 0 ? 0.0 : uniform(random, 0.0, 3.0), parts);
  }
  world.layers[kCpu].dispatch_ms = 0.0;
  for (TargetCost& t : world.table.workloads.front().targets) {
    t.frequency_scale = t.local ? uniform(random, 1.0, 3.0) : 1.0;
    t.noise_sigma = 0.05;
    t.noise_mean_shift = -0.00125;
  }
  world.table.service_noise = true;
  world.environment.load = {};
  std::int64_t at = 0;
  for (std::size_t s = 0; s < segments; ++s) {
    const Load load{random() % 3 == 0 ? 0.0 : uniform(random, 0.0, 1.0), uniform(random, 0.0, 1.0)};
    world.environment.load.append(SimTime{at}, resolve_load(world.table.phone, load));
    at += 1 + static_cast<std::int64_t>(uniform(random, 0.0, 2e7));
  }
  for (const LinkId l : {LinkId::kWifi, LinkId::kWifiDirect}) {
    const auto i = static_cast<std::size_t>(l);
    world.table.radios[i].promotion_ms = random() % 2 == 0 ? 0.0 : uniform(random, 0.0, 50.0);
    world.table.radios[i].tail_ns = static_cast<std::int64_t>(uniform(random, 0.0, 3e8));
    world.environment.links[i] = {};
    at = 0;
    for (std::size_t s = 0; s < segments; ++s) {
      world.environment.links[i].append(
          SimTime{at}, {-55.0, uniform(random, 0.5, 50.0), uniform(random, 0.5, 50.0),
                        uniform(random, 0.5, 1.2), uniform(random, 0.2, 0.7)});
      at += 1 + static_cast<std::int64_t>(uniform(random, 0.0, 2e7));
    }
  }
}

std::vector<RequestStream> all_streams(const TestWorld& world) {
  std::vector<RequestStream> streams;
  for (std::uint32_t w = 0; w < world.table.workloads.size(); ++w) {
    streams.push_back({.workload = w, .arrivals = world.table.workloads[w].arrivals});
  }
  return streams;
}

}  // namespace autoscale::test
