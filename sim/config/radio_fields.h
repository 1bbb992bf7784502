// Fields of configs/radios/*.json.
#pragma once

#include "sim/config/field.h"
#include "sim/config/place.h"
#include "sim/config/provenance_fields.h"
#include "sim/model/radio.h"

namespace autoscale {

template <>
inline constexpr std::size_t kEnumCount<SignalKind> = 2;

template <class Visitor>
void describe_radio_power(RadioProfile& self, Visitor& field) {
  field(self.tx_power_w, {.key = "tx_power",
                          .doc = "Power while sending, over signal level.",
                          .min = 0,
                          .max = kMostWatts,
                          .required = true,
                          .values_key = "w"});
  field(self.rx_power_w, {.key = "rx_power",
                          .doc = "Power while receiving, over signal level.",
                          .min = 0,
                          .max = kMostWatts,
                          .required = true,
                          .values_key = "w"});
  field(self.idle_w, {.key = "idle_w",
                      .doc = "Power while connected and idle.",
                      .min = 0,
                      .max = kMostWatts,
                      .required = true});
  field(self.tail_ms, {.key = "tail_ms",
                       .doc = "How long the radio stays awake after a transfer.",
                       .min = 0,
                       .max = kLongestFigureMs,
                       .required = true});
  field(
      self.tail_w,
      {.key = "tail_w", .doc = "Power meanwhile.", .min = 0, .max = kMostWatts, .required = true});
  field(self.promotion_ms, {.key = "promotion_ms",
                            .doc = "How long a sleeping radio takes to wake up.",
                            .min = 0,
                            .max = kLongestFigureMs,
                            .required = true});
  field(self.promotion_w, {.key = "promotion_w",
                           .doc = "Power meanwhile.",
                           .min = 0,
                           .max = kMostWatts,
                           .required = true});
}

template <class Visitor>
void describe(RadioProfile& self, Visitor& field) {
  field(self.name,
        {.key = "name", .doc = "As scenarios name it.", .required = true, .min_items = 1});
  field(self.title,
        {.key = "title", .doc = "As people name it.", .required = true, .min_items = 1});
  field(self.signal, {.key = "signal", .doc = "rssi (Wi-Fi) or rsrp (LTE).", .required = true});
  field(self.source, {.key = "source",
                      .doc = "Where the figures come from, in short.",
                      .required = true,
                      .min_items = 1});
  field(self.uplink_mbps, {.key = "uplink",
                           .doc = "Goodput from the phone, over signal level.",
                           .above = 0,
                           .max = kMostMbps,
                           .required = true,
                           .values_key = "mbps"});
  field(self.downlink_mbps, {.key = "downlink",
                             .doc = "Goodput to the phone, over signal level.",
                             .above = 0,
                             .max = kMostMbps,
                             .required = true,
                             .values_key = "mbps"});
  describe_radio_power(self, field);
  field(self.rtt_ms, {.key = "rtt_ms",
                      .doc = "Round trip of the link itself.",
                      .min = 0,
                      .max = kLongestFigureMs,
                      .required = true});
  field(self.weak_below_dbm, {.key = "weak_below_dbm",
                              .doc = "Below this the signal counts as weak.",
                              .min = -150,
                              .max = 0,
                              .required = true});
}

void validate(const SignalTable& table, const Place& place);
void validate(const RadioProfile& radio, const Place& place);

}  // namespace autoscale
