// A value that nobody changes once it is here, so that copies share it: a profile or a network in thousands of worlds.
#pragma once

#include <memory>
#include <utility>

namespace autoscale {

template <class T>
class Shared {
 public:
  Shared() : Shared(T{}) {}
  Shared(T value)  // NOLINT: implicit, stands where a T stands
      : value_(std::make_shared<const T>(std::move(value))) {}

  operator const T&() const { return *value_; }  // NOLINT: implicit
  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }

 private:
  std::shared_ptr<const T> value_;
};

}  // namespace autoscale
