// Units as types. A Quantity is one double with a name for its unit; the set is coherent, so that
// no formula needs a factor: W x ms = mJ, kbit / Mbit/s = ms, MMAC / (GMAC/s) = ms, MB / (GB/s) = ms.
#pragma once

#include <compare>

namespace autoscale {

template <class Tag>
struct Quantity {
  double value = 0.0;

  constexpr Quantity() = default;
  constexpr explicit Quantity(double v) : value(v) {}
  friend constexpr auto operator<=>(Quantity, Quantity) = default;
};

// Signal level. Ordered, but levels in dBm cannot be added: there is no operator+ for it.
struct DbmTag {
  static constexpr const char* suffix = "dbm";
  static constexpr bool additive = false;
};
struct MillisTag {
  static constexpr const char* suffix = "ms";
  static constexpr bool additive = true;
};
struct WattsTag {
  static constexpr const char* suffix = "w";
  static constexpr bool additive = true;
};
struct MillijoulesTag {
  static constexpr const char* suffix = "mj";
  static constexpr bool additive = true;
};
struct MbpsTag {
  static constexpr const char* suffix = "mbps";
  static constexpr bool additive = true;
};
struct KilobitsTag {
  static constexpr const char* suffix = "kbit";
  static constexpr bool additive = true;
};
struct MegahertzTag {
  static constexpr const char* suffix = "mhz";
  static constexpr bool additive = true;
};

using Dbm = Quantity<DbmTag>;
using Millis = Quantity<MillisTag>;
using Watts = Quantity<WattsTag>;
using Millijoules = Quantity<MillijoulesTag>;
using Mbps = Quantity<MbpsTag>;
using Kilobits = Quantity<KilobitsTag>;
using Megahertz = Quantity<MegahertzTag>;

template <class Tag>
concept Additive = Tag::additive;

template <Additive Tag>
constexpr Quantity<Tag> operator+(Quantity<Tag> a, Quantity<Tag> b) {
  return Quantity<Tag>{a.value + b.value};
}
template <Additive Tag>
constexpr Quantity<Tag> operator-(Quantity<Tag> a, Quantity<Tag> b) {
  return Quantity<Tag>{a.value - b.value};
}
template <Additive Tag>
constexpr Quantity<Tag>& operator+=(Quantity<Tag>& a, Quantity<Tag> b) {
  a.value += b.value;
  return a;
}
template <Additive Tag>
constexpr Quantity<Tag>& operator-=(Quantity<Tag>& a, Quantity<Tag> b) {
  a.value -= b.value;
  return a;
}
template <Additive Tag>
constexpr Quantity<Tag> operator*(Quantity<Tag> a, double k) {
  return Quantity<Tag>{a.value * k};
}
template <Additive Tag>
constexpr Quantity<Tag> operator*(double k, Quantity<Tag> a) {
  return Quantity<Tag>{a.value * k};
}
template <Additive Tag>
constexpr Quantity<Tag> operator/(Quantity<Tag> a, double k) {
  return Quantity<Tag>{a.value / k};
}
template <Additive Tag>
constexpr double operator/(Quantity<Tag> a, Quantity<Tag> b) {
  return a.value / b.value;
}

constexpr Millijoules operator*(Watts p, Millis t) { return Millijoules{p.value * t.value}; }
constexpr Millijoules operator*(Millis t, Watts p) { return p * t; }
constexpr Watts operator/(Millijoules e, Millis t) { return Watts{e.value / t.value}; }
constexpr Millis operator/(Kilobits d, Mbps r) { return Millis{d.value / r.value}; }
constexpr Kilobits operator*(Mbps r, Millis t) { return Kilobits{r.value * t.value}; }

constexpr Kilobits kilobits_of_bytes(double bytes) { return Kilobits{bytes * 8e-3}; }

}  // namespace autoscale
