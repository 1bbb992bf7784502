// A deep neural network: a DAG of layers with their sizes, and published accuracies per precision.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/provenance.h"

namespace autoscale {

enum class Precision : std::uint8_t { kFp32, kFp16, kInt8 };
inline constexpr int kPrecisions = 3;
const char* to_string(Precision p);

enum class LayerKind : std::uint8_t {
  kConvFirst,
  kConvKxK,
  kConv1x1,
  kDwConv,
  kFc,
  kRc,
  kEmbed,  // do MACs
  kPool,
  kAdd,
  kConcat,
  kAct,
  kSoftmax,
  kPostprocess  // only move data
};
const char* to_string(LayerKind k);

struct Layer {
  std::string name;
  LayerKind kind = LayerKind::kConvKxK;
  double macs = 0.0;
  double params = 0.0;
  double weight_bytes = 0.0;       // FP32
  double in_bytes = 0.0;           // FP32, all inputs together
  double out_bytes = 0.0;          // FP32
  std::array<int, 3> out_shape{};  // height, width, channels
  std::vector<int> preds;          // positions in Network::layers
  std::vector<int> kernel;         // height, width; empty where it means nothing
  int stride = 0;                  // 0 where it means nothing
  int cin = 0;
  int cout = 0;
  int groups = 0;
};

struct AccuracyFigure {
  Precision precision = Precision::kFp32;
  std::string
      recipe;  // "float", "ptq" (post-training quantisation), "qat" (quantisation-aware training)
  std::string metric;  // "top1_percent", "coco_map_percent", "squad_f1_percent"
  double percent = 0.0;
  Provenance from;
};

// Bytes that cross a link. `uint8` is the image as the camera gives it (or token ids).
struct Payload {
  double uint8_bytes = 0.0;
  double fp32_bytes = 0.0;
  double result_bytes = 0.0;
  Provenance from;
};

struct PublishedTotals {
  double macs = 0.0;
  double params = 0.0;
  double tolerance_ratio = 0.0;  // the stated difference our layer table may have
  std::string source;
};

// Layer counts as AutoScale's Table III gives them (its state features).
struct StateFeatures {
  int conv = 0;
  int fc = 0;
  int rc = 0;
  Provenance from;
};

enum class Task : std::uint8_t { kImageClassification, kObjectDetection, kLanguage };
const char* to_string(Task t);

struct Network {
  std::string name;
  std::string title;
  Task task = Task::kImageClassification;
  std::string source;
  std::vector<int> input_shape;  // batch, height, width, channels
  Payload payload;
  PublishedTotals published;
  StateFeatures features;
  std::vector<AccuracyFigure> accuracy;
  std::vector<Layer> layers;

  [[nodiscard]] double total_macs() const;
  [[nodiscard]] double total_params() const;
  // Accuracy in percent of the network's own metric; nullptr when (precision, recipe) has no figure.
  [[nodiscard]] const AccuracyFigure* find_accuracy(Precision p, const std::string& recipe) const;
};

// Problems of a layer graph, in words: a predecessor out of range, a cycle, shapes that do not fit
// along an edge, totals further from the published ones than stated. Empty when all is well.
// Each entry is {pointer below the network, message}.
struct NetworkProblem {
  std::string pointer;
  std::string message;
};
std::vector<NetworkProblem> validate(const Network& network);

// Execution order (a topological order that keeps file order among the ready layers), by Boost.Graph.
// Precondition: validate() found no cycle.
std::vector<int> execution_order(const Network& network);

}  // namespace autoscale
