// Fields of models/networks/*.json.
#pragma once

#include "sim/config/field.h"
#include "sim/config/place.h"
#include "sim/config/provenance_fields.h"
#include "sim/model/network.h"

namespace autoscale {

template <>
inline constexpr std::size_t kEnumCount<Precision> = kPrecisions;
template <>
inline constexpr std::size_t kEnumCount<LayerKind> = 13;
template <>
inline constexpr std::size_t kEnumCount<Task> = 3;

template <class Visitor>
void describe(Payload& self, Visitor& field) {
  field(self.uint8_bytes, {.key = "uint8_bytes",
                           .doc = "Input as the camera gives it (or token ids).",
                           .above = 0,
                           .required = true});
  field(self.fp32_bytes,
        {.key = "fp32_bytes", .doc = "Input as an FP32 tensor.", .above = 0, .required = true});
  field(self.result_bytes,
        {.key = "result_bytes", .doc = "Result that is sent back.", .min = 0, .required = true});
  describe(self.from, field);
}

template <class Visitor>
void describe(PublishedTotals& self, Visitor& field) {
  field(self.macs, {.key = dimensionless("macs"),
                    .doc = "Multiply-accumulate operations of one inference, as published.",
                    .above = 0,
                    .required = true});
  field(self.params, {.key = dimensionless("params"),
                      .doc = "Parameters, as published.",
                      .above = 0,
                      .required = true});
  field(self.tolerance_ratio, {.key = "tolerance_ratio",
                               .doc = "How far the layer table may be from the published totals.",
                               .min = 0,
                               .max = 1,
                               .required = true});
  field(self.source, {.key = "source",
                      .doc = "Where the totals are published.",
                      .required = true,
                      .min_items = 1});
}

template <class Visitor>
void describe(StateFeatures& self, Visitor& field) {
  field(self.conv, {.key = "conv", .doc = "Convolution layers.", .min = 0, .required = true});
  field(self.fc, {.key = "fc", .doc = "Fully connected layers.", .min = 0, .required = true});
  field(self.rc, {.key = "rc", .doc = "Recurrent (attention) layers.", .min = 0, .required = true});
  describe(self.from, field);
}

template <class Visitor>
void describe(AccuracyFigure& self, Visitor& field) {
  field(self.precision,
        {.key = "precision", .doc = "Precision of the arithmetic.", .required = true});
  field(self.recipe, {.key = "recipe",
                      .doc = "float, ptq (post-training quantisation) or qat "
                             "(quantisation-aware training).",
                      .required = true,
                      .min_items = 1});
  field(self.metric, {.key = "metric",
                      .doc = "The network's own metric, e.g. top1_percent.",
                      .required = true,
                      .min_items = 1});
  field(self.percent,
        {.key = "percent", .doc = "The accuracy.", .min = 0, .max = 100, .required = true});
  describe(self.from, field);
}

template <class Visitor>
void describe(Layer& self, Visitor& field) {
  field(self.name, {.key = "name", .doc = "Unique name.", .required = true, .min_items = 1});
  field(self.kind, {.key = "kind", .doc = "What the layer computes.", .required = true});
  field(self.macs, {.key = dimensionless("macs"),
                    .doc = "Multiply-accumulate operations.",
                    .min = 0,
                    .required = true});
  field(self.params,
        {.key = dimensionless("params"), .doc = "Parameters.", .min = 0, .required = true});
  field(self.weight_bytes,
        {.key = "weight_bytes", .doc = "Weights as FP32.", .min = 0, .required = true});
  field(self.in_bytes,
        {.key = "in_bytes", .doc = "All inputs together as FP32.", .min = 0, .required = true});
  field(self.out_bytes, {.key = "out_bytes", .doc = "Output as FP32.", .min = 0, .required = true});
  field(self.out_shape, {.key = "out_shape",
                         .doc = "Output height, width and channels.",
                         .min = 1,
                         .required = true});
  field(self.preds, {.key = "preds",
                     .doc = "Positions of the layers whose outputs it reads; none for the first.",
                     .required = true});
  field(self.kernel,
        {.key = "kernel", .doc = "Kernel height and width.", .min = 1, .omit_empty = true});
  field(self.stride, {.key = "stride", .doc = "Stride; 0 where it means nothing.", .min = 0});
  field(self.cin, {.key = "cin", .doc = "Input channels; 0 where it means nothing.", .min = 0});
  field(self.cout, {.key = "cout", .doc = "Output channels; 0 where it means nothing.", .min = 0});
  field(self.groups, {.key = "groups", .doc = "Groups; 0 where it means nothing.", .min = 0});
}

template <class Visitor>
void describe(Network& self, Visitor& field) {
  field(self.name,
        {.key = "name", .doc = "As scenarios name it.", .required = true, .min_items = 1});
  field(self.title,
        {.key = "title", .doc = "As people name it.", .required = true, .min_items = 1});
  field(self.task, {.key = "task", .doc = "What it is for.", .required = true});
  field(self.source, {.key = "source",
                      .doc = "Where the architecture is published.",
                      .required = true,
                      .min_items = 1});
  field(self.input_shape, {.key = "input_shape",
                           .doc = "Batch, height, width and channels.",
                           .min = 1,
                           .required = true,
                           .min_items = 1});
  field(self.payload, {.key = "payload", .doc = "Bytes that cross a link.", .required = true});
  field(self.published,
        {.key = "published", .doc = "Totals to compare the layer table with.", .required = true});
  field(self.features, {.key = "features",
                        .doc = "Layer counts as AutoScale's Table III gives them.",
                        .required = true});
  field(self.accuracy,
        {.key = "accuracy", .doc = "Published accuracies.", .required = true, .min_items = 1});
  field(self.layers,
        {.key = "layers", .doc = "The layer graph.", .required = true, .min_items = 1});
}

// Relations between fields and the checks of the layer graph (sim/model/network.h).
void validate(const Network& network, const Place& place);

}  // namespace autoscale
