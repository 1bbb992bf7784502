// The names of the network enumerations, as JSON and reports write them.
#include "sim/model/network.h"

namespace autoscale {

const char* to_string(Precision p) {
  switch (p) {
    case Precision::kFp32: return "fp32";
    case Precision::kFp16: return "fp16";
    case Precision::kInt8: return "int8";
  }
  return "";
}

const char* to_string(LayerKind k) {
  switch (k) {
    case LayerKind::kConvFirst: return "conv_first";
    case LayerKind::kConvKxK: return "conv_kxk";
    case LayerKind::kConv1x1: return "conv_1x1";
    case LayerKind::kDwConv: return "dwconv";
    case LayerKind::kFc: return "fc";
    case LayerKind::kRc: return "rc";
    case LayerKind::kEmbed: return "embed";
    case LayerKind::kPool: return "pool";
    case LayerKind::kAdd: return "add";
    case LayerKind::kConcat: return "concat";
    case LayerKind::kAct: return "act";
    case LayerKind::kSoftmax: return "softmax";
    case LayerKind::kPostprocess: return "postprocess";
  }
  return "";
}

const char* to_string(Task t) {
  switch (t) {
    case Task::kImageClassification: return "image_classification";
    case Task::kObjectDetection: return "object_detection";
    case Task::kLanguage: return "language";
  }
  return "";
}

}  // namespace autoscale
