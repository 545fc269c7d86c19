"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

// node_modules/prom-client/lib/util.js
var require_util = __commonJS({
  "node_modules/prom-client/lib/util.js"(exports2) {
    "use strict";
    exports2.getValueAsString = function getValueString(value) {
      if (Number.isNaN(value)) {
        return "Nan";
      } else if (!Number.isFinite(value)) {
        if (value < 0) {
          return "-Inf";
        } else {
          return "+Inf";
        }
      } else {
        return `${value}`;
      }
    };
    exports2.removeLabels = function removeLabels(hashMap, labels, sortedLabelNames) {
      const hash2 = hashObject(labels, sortedLabelNames);
      delete hashMap[hash2];
    };
    exports2.setValue = function setValue(hashMap, value, labels) {
      const hash2 = hashObject(labels);
      hashMap[hash2] = {
        value: typeof value === "number" ? value : 0,
        labels: labels || {}
      };
      return hashMap;
    };
    exports2.setValueDelta = function setValueDelta(hashMap, deltaValue, labels, hash2 = "") {
      const value = typeof deltaValue === "number" ? deltaValue : 0;
      if (hashMap[hash2]) {
        hashMap[hash2].value += value;
      } else {
        hashMap[hash2] = { value, labels };
      }
      return hashMap;
    };
    exports2.getLabels = function(labelNames, args) {
      if (typeof args[0] === "object") {
        return args[0];
      }
      if (labelNames.length !== args.length) {
        throw new Error(
          `Invalid number of arguments (${args.length}): "${args.join(
            ", "
          )}" for label names (${labelNames.length}): "${labelNames.join(", ")}".`
        );
      }
      const acc = {};
      for (let i = 0; i < labelNames.length; i++) {
        acc[labelNames[i]] = args[i];
      }
      return acc;
    };
    function fastHashObject(keys, labels) {
      if (keys.length === 0) {
        return "";
      }
      let hash2 = "";
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i];
        const value = labels[key];
        if (value === void 0) continue;
        hash2 += `${key}:${value},`;
      }
      return hash2;
    }
    function hashObject(labels, labelNames) {
      if (labelNames) {
        return fastHashObject(labelNames, labels);
      }
      const keys = Object.keys(labels);
      if (keys.length > 1) {
        keys.sort();
      }
      return fastHashObject(keys, labels);
    }
    exports2.hashObject = hashObject;
    exports2.isObject = function isObject(obj) {
      return obj !== null && typeof obj === "object";
    };
    exports2.nowTimestamp = function nowTimestamp() {
      return Date.now() / 1e3;
    };
    var Grouper = class extends Map {
      /**
       * Adds the `value` to the `key`'s array of values.
       * @param {*} key Key to set.
       * @param {*} value Value to add to `key`'s array.
       * @returns {undefined} undefined.
       */
      add(key, value) {
        if (this.has(key)) {
          this.get(key).push(value);
        } else {
          this.set(key, [value]);
        }
      }
    };
    exports2.Grouper = Grouper;
  }
});

// node_modules/prom-client/lib/registry.js
var require_registry = __commonJS({
  "node_modules/prom-client/lib/registry.js"(exports2, module2) {
    "use strict";
    var { getValueAsString } = require_util();
    var Registry2 = class _Registry {
      static get PROMETHEUS_CONTENT_TYPE() {
        return "text/plain; version=0.0.4; charset=utf-8";
      }
      static get OPENMETRICS_CONTENT_TYPE() {
        return "application/openmetrics-text; version=1.0.0; charset=utf-8";
      }
      constructor(regContentType = _Registry.PROMETHEUS_CONTENT_TYPE) {
        this._metrics = {};
        this._collectors = [];
        this._defaultLabels = {};
        if (regContentType !== _Registry.PROMETHEUS_CONTENT_TYPE && regContentType !== _Registry.OPENMETRICS_CONTENT_TYPE) {
          throw new TypeError(`Content type ${regContentType} is unsupported`);
        }
        this._contentType = regContentType;
      }
      getMetricsAsArray() {
        return Object.values(this._metrics);
      }
      async getMetricsAsString(metrics2) {
        const metric = typeof metrics2.getForPromString === "function" ? await metrics2.getForPromString() : await metrics2.get();
        const name = escapeString(metric.name);
        const help = `# HELP ${name} ${escapeString(metric.help)}`;
        const type = `# TYPE ${name} ${metric.type}`;
        const values = [help, type];
        const defaultLabels = Object.keys(this._defaultLabels).length > 0 ? this._defaultLabels : null;
        const isOpenMetrics = this.contentType === _Registry.OPENMETRICS_CONTENT_TYPE;
        for (const val of metric.values || []) {
          let { metricName = name, labels = {} } = val;
          const { sharedLabels = {} } = val;
          if (isOpenMetrics && metric.type === "counter") {
            metricName = `${metricName}_total`;
          }
          if (defaultLabels) {
            labels = { ...labels, ...defaultLabels, ...labels };
          }
          const formattedLabels = formatLabels(labels, sharedLabels);
          const flattenedShared = flattenSharedLabels(sharedLabels);
          const labelParts = [...formattedLabels, flattenedShared].filter(Boolean);
          const labelsString = labelParts.length ? `{${labelParts.join(",")}}` : "";
          let fullMetricLine = `${metricName}${labelsString} ${getValueAsString(
            val.value
          )}`;
          const { exemplar } = val;
          if (exemplar && isOpenMetrics) {
            const formattedExemplars = formatLabels(exemplar.labelSet);
            fullMetricLine += ` # {${formattedExemplars.join(
              ","
            )}} ${getValueAsString(exemplar.value)} ${exemplar.timestamp}`;
          }
          values.push(fullMetricLine);
        }
        return values.join("\n");
      }
      async metrics() {
        const isOpenMetrics = this.contentType === _Registry.OPENMETRICS_CONTENT_TYPE;
        const promises = this.getMetricsAsArray().map((metric) => {
          if (isOpenMetrics && metric.type === "counter") {
            metric.name = standardizeCounterName(metric.name);
          }
          return this.getMetricsAsString(metric);
        });
        const resolves = await Promise.all(promises);
        return isOpenMetrics ? `${resolves.join("\n")}
# EOF
` : `${resolves.join("\n\n")}
`;
      }
      registerMetric(metric) {
        if (this._metrics[metric.name] && this._metrics[metric.name] !== metric) {
          throw new Error(
            `A metric with the name ${metric.name} has already been registered.`
          );
        }
        this._metrics[metric.name] = metric;
      }
      clear() {
        this._metrics = {};
        this._defaultLabels = {};
      }
      async getMetricsAsJSON() {
        const metrics2 = [];
        const defaultLabelNames = Object.keys(this._defaultLabels);
        const promises = [];
        for (const metric of this.getMetricsAsArray()) {
          promises.push(metric.get());
        }
        const resolves = await Promise.all(promises);
        for (const item of resolves) {
          if (item.values && defaultLabelNames.length > 0) {
            for (const val of item.values) {
              val.labels = Object.assign({}, val.labels);
              for (const labelName of defaultLabelNames) {
                val.labels[labelName] = val.labels[labelName] || this._defaultLabels[labelName];
              }
            }
          }
          metrics2.push(item);
        }
        return metrics2;
      }
      removeSingleMetric(name) {
        delete this._metrics[name];
      }
      getSingleMetricAsString(name) {
        return this.getMetricsAsString(this._metrics[name]);
      }
      getSingleMetric(name) {
        return this._metrics[name];
      }
      setDefaultLabels(labels) {
        this._defaultLabels = labels;
      }
      resetMetrics() {
        for (const metric in this._metrics) {
          this._metrics[metric].reset();
        }
      }
      get contentType() {
        return this._contentType;
      }
      setContentType(metricsContentType) {
        if (metricsContentType === _Registry.OPENMETRICS_CONTENT_TYPE || metricsContentType === _Registry.PROMETHEUS_CONTENT_TYPE) {
          this._contentType = metricsContentType;
        } else {
          throw new Error(`Content type ${metricsContentType} is unsupported`);
        }
      }
      static merge(registers) {
        const regType = registers[0].contentType;
        for (const reg of registers) {
          if (reg.contentType !== regType) {
            throw new Error(
              "Registers can only be merged if they have the same content type"
            );
          }
        }
        const mergedRegistry = new _Registry(regType);
        const metricsToMerge = registers.reduce(
          (acc, reg) => acc.concat(reg.getMetricsAsArray()),
          []
        );
        metricsToMerge.forEach(mergedRegistry.registerMetric, mergedRegistry);
        return mergedRegistry;
      }
    };
    function formatLabels(labels, exclude) {
      const { hasOwnProperty } = Object.prototype;
      const formatted = [];
      for (const [name, value] of Object.entries(labels)) {
        if (!exclude || !hasOwnProperty.call(exclude, name)) {
          formatted.push(`${name}="${escapeLabelValue(value)}"`);
        }
      }
      return formatted;
    }
    var sharedLabelCache = /* @__PURE__ */ new WeakMap();
    function flattenSharedLabels(labels) {
      const cached = sharedLabelCache.get(labels);
      if (cached) {
        return cached;
      }
      const formattedLabels = formatLabels(labels);
      const flattened = formattedLabels.join(",");
      sharedLabelCache.set(labels, flattened);
      return flattened;
    }
    function escapeLabelValue(str) {
      if (typeof str !== "string") {
        return str;
      }
      return escapeString(str).replace(/"/g, '\\"');
    }
    function escapeString(str) {
      return str.replace(/\\/g, "\\\\").replace(/\n/g, "\\n");
    }
    function standardizeCounterName(name) {
      return name.replace(/_total$/, "");
    }
    module2.exports = Registry2;
    module2.exports.globalRegistry = new Registry2();
  }
});

// node_modules/prom-client/lib/validation.js
var require_validation = __commonJS({
  "node_modules/prom-client/lib/validation.js"(exports2) {
    "use strict";
    var util = require("util");
    var metricRegexp = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
    var labelRegexp = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
    exports2.validateMetricName = function(name) {
      return metricRegexp.test(name);
    };
    exports2.validateLabelName = function(names = []) {
      return names.every((name) => labelRegexp.test(name));
    };
    exports2.validateLabel = function validateLabel(savedLabels, labels) {
      for (const label in labels) {
        if (!savedLabels.includes(label)) {
          throw new Error(
            `Added label "${label}" is not included in initial labelset: ${util.inspect(
              savedLabels
            )}`
          );
        }
      }
    };
  }
});

// node_modules/prom-client/lib/metric.js
var require_metric = __commonJS({
  "node_modules/prom-client/lib/metric.js"(exports2, module2) {
    "use strict";
    var Registry2 = require_registry();
    var { isObject } = require_util();
    var { validateMetricName, validateLabelName } = require_validation();
    var Metric = class {
      constructor(config, defaults = {}) {
        if (!isObject(config)) {
          throw new TypeError("constructor expected a config object");
        }
        Object.assign(
          this,
          {
            labelNames: [],
            registers: [Registry2.globalRegistry],
            aggregator: "sum",
            enableExemplars: false
          },
          defaults,
          config
        );
        if (!this.registers) {
          this.registers = [Registry2.globalRegistry];
        }
        if (!this.help) {
          throw new Error("Missing mandatory help parameter");
        }
        if (!this.name) {
          throw new Error("Missing mandatory name parameter");
        }
        if (!validateMetricName(this.name)) {
          throw new Error("Invalid metric name");
        }
        if (!validateLabelName(this.labelNames)) {
          throw new Error("Invalid label name");
        }
        if (this.collect && typeof this.collect !== "function") {
          throw new Error('Optional "collect" parameter must be a function');
        }
        if (this.labelNames) {
          this.sortedLabelNames = [...this.labelNames].sort();
        } else {
          this.sortedLabelNames = [];
        }
        this.reset();
        for (const register of this.registers) {
          if (this.enableExemplars && register.contentType === Registry2.PROMETHEUS_CONTENT_TYPE) {
            throw new TypeError(
              "Exemplars are supported only on OpenMetrics registries"
            );
          }
          register.registerMetric(this);
        }
      }
      reset() {
      }
    };
    module2.exports = { Metric };
  }
});

// node_modules/prom-client/lib/exemplar.js
var require_exemplar = __commonJS({
  "node_modules/prom-client/lib/exemplar.js"(exports2, module2) {
    "use strict";
    var Exemplar = class {
      constructor(labelSet = {}, value = null) {
        this.labelSet = labelSet;
        this.value = value;
      }
      /**
       * Validation for the label set format.
       * https://github.com/OpenObservability/OpenMetrics/blob/d99b705f611b75fec8f450b05e344e02eea6921d/specification/OpenMetrics.md#exemplars
       *
       * @param {object} labelSet - Exemplar labels.
       * @throws {RangeError}
       * @return {void}
       */
      validateExemplarLabelSet(labelSet) {
        let res = "";
        for (const [labelName, labelValue] of Object.entries(labelSet)) {
          res += `${labelName}${labelValue}`;
        }
        if (res.length > 128) {
          throw new RangeError(
            "Label set size must be smaller than 128 UTF-8 chars"
          );
        }
      }
    };
    module2.exports = Exemplar;
  }
});

// node_modules/prom-client/lib/counter.js
var require_counter = __commonJS({
  "node_modules/prom-client/lib/counter.js"(exports2, module2) {
    "use strict";
    var util = require("util");
    var {
      hashObject,
      isObject,
      getLabels,
      removeLabels,
      nowTimestamp
    } = require_util();
    var { validateLabel } = require_validation();
    var { Metric } = require_metric();
    var Exemplar = require_exemplar();
    var Counter2 = class extends Metric {
      constructor(config) {
        super(config);
        this.type = "counter";
        this.defaultLabels = {};
        this.defaultValue = 1;
        this.defaultExemplarLabelSet = {};
        if (config.enableExemplars) {
          this.enableExemplars = true;
          this.inc = this.incWithExemplar;
        } else {
          this.inc = this.incWithoutExemplar;
        }
      }
      /**
       * Increment counter
       * @param {object} labels - What label you want to be incremented
       * @param {Number} value - Value to increment, if omitted increment with 1
       * @returns {object} results - object with information about the inc operation
       * @returns {string} results.labelHash - hash representation of the labels
       */
      incWithoutExemplar(labels, value) {
        let hash2 = "";
        if (isObject(labels)) {
          hash2 = hashObject(labels, this.sortedLabelNames);
          validateLabel(this.labelNames, labels);
        } else {
          value = labels;
          labels = {};
        }
        if (value && !Number.isFinite(value)) {
          throw new TypeError(`Value is not a valid number: ${util.format(value)}`);
        }
        if (value < 0) {
          throw new Error("It is not possible to decrease a counter");
        }
        if (value === null || value === void 0) value = 1;
        setValue(this.hashMap, value, labels, hash2);
        return { labelHash: hash2 };
      }
      /**
       * Increment counter with exemplar, same as inc but accepts labels for an
       * exemplar.
       * If no label is provided the current exemplar labels are kept unchanged
       * (defaults to empty set).
       *
       * @param {object} incOpts - Object with options about what metric to increase
       * @param {object} incOpts.labels - What label you want to be incremented,
       *                                  defaults to null (metric with no labels)
       * @param {Number} incOpts.value - Value to increment, defaults to 1
       * @param {object} incOpts.exemplarLabels - Key-value  labels for the
       *                                          exemplar, defaults to empty set {}
       * @returns {void}
       */
      incWithExemplar({
        labels = this.defaultLabels,
        value = this.defaultValue,
        exemplarLabels = this.defaultExemplarLabelSet
      } = {}) {
        const res = this.incWithoutExemplar(labels, value);
        this.updateExemplar(exemplarLabels, value, res.labelHash);
      }
      updateExemplar(exemplarLabels, value, hash2) {
        if (exemplarLabels === this.defaultExemplarLabelSet) return;
        if (!isObject(this.hashMap[hash2].exemplar)) {
          this.hashMap[hash2].exemplar = new Exemplar();
        }
        this.hashMap[hash2].exemplar.validateExemplarLabelSet(exemplarLabels);
        this.hashMap[hash2].exemplar.labelSet = exemplarLabels;
        this.hashMap[hash2].exemplar.value = value ? value : 1;
        this.hashMap[hash2].exemplar.timestamp = nowTimestamp();
      }
      /**
       * Reset counter
       * @returns {void}
       */
      reset() {
        this.hashMap = {};
        if (this.labelNames.length === 0) {
          setValue(this.hashMap, 0);
        }
      }
      async get() {
        if (this.collect) {
          const v = this.collect();
          if (v instanceof Promise) await v;
        }
        return {
          help: this.help,
          name: this.name,
          type: this.type,
          values: Object.values(this.hashMap),
          aggregator: this.aggregator
        };
      }
      labels(...args) {
        const labels = getLabels(this.labelNames, args) || {};
        return {
          inc: this.inc.bind(this, labels)
        };
      }
      remove(...args) {
        const labels = getLabels(this.labelNames, args) || {};
        validateLabel(this.labelNames, labels);
        return removeLabels.call(this, this.hashMap, labels, this.sortedLabelNames);
      }
    };
    function setValue(hashMap, value, labels = {}, hash2 = "") {
      if (hashMap[hash2]) {
        hashMap[hash2].value += value;
      } else {
        hashMap[hash2] = { value, labels };
      }
      return hashMap;
    }
    module2.exports = Counter2;
  }
});

// node_modules/prom-client/lib/gauge.js
var require_gauge = __commonJS({
  "node_modules/prom-client/lib/gauge.js"(exports2, module2) {
    "use strict";
    var util = require("util");
    var {
      setValue,
      setValueDelta,
      getLabels,
      hashObject,
      isObject,
      removeLabels
    } = require_util();
    var { validateLabel } = require_validation();
    var { Metric } = require_metric();
    var Gauge2 = class extends Metric {
      constructor(config) {
        super(config);
        this.type = "gauge";
      }
      /**
       * Set a gauge to a value
       * @param {object} labels - Object with labels and their values
       * @param {Number} value - Value to set the gauge to, must be positive
       * @returns {void}
       */
      set(labels, value) {
        value = getValueArg(labels, value);
        labels = getLabelArg(labels);
        set(this, labels, value);
      }
      /**
       * Reset gauge
       * @returns {void}
       */
      reset() {
        this.hashMap = {};
        if (this.labelNames.length === 0) {
          setValue(this.hashMap, 0, {});
        }
      }
      /**
       * Increment a gauge value
       * @param {object} labels - Object with labels where key is the label key and value is label value. Can only be one level deep
       * @param {Number} value - Value to increment - if omitted, increment with 1
       * @returns {void}
       */
      inc(labels, value) {
        value = getValueArg(labels, value);
        labels = getLabelArg(labels);
        if (value === void 0) value = 1;
        setDelta(this, labels, value);
      }
      /**
       * Decrement a gauge value
       * @param {object} labels - Object with labels where key is the label key and value is label value. Can only be one level deep
       * @param {Number} value - Value to decrement - if omitted, decrement with 1
       * @returns {void}
       */
      dec(labels, value) {
        value = getValueArg(labels, value);
        labels = getLabelArg(labels);
        if (value === void 0) value = 1;
        setDelta(this, labels, -value);
      }
      /**
       * Set the gauge to current unix epoch
       * @param {object} labels - Object with labels where key is the label key and value is label value. Can only be one level deep
       * @returns {void}
       */
      setToCurrentTime(labels) {
        const now2 = Date.now() / 1e3;
        if (labels === void 0) {
          this.set(now2);
        } else {
          this.set(labels, now2);
        }
      }
      /**
       * Start a timer
       * @param {object} labels - Object with labels where key is the label key and value is label value. Can only be one level deep
       * @returns {function} - Invoke this function to set the duration in seconds since you started the timer.
       * @example
       * var done = gauge.startTimer();
       * makeXHRRequest(function(err, response) {
       *	done(); //Duration of the request will be saved
       * });
       */
      startTimer(labels) {
        const start = process.hrtime();
        return (endLabels) => {
          const delta = process.hrtime(start);
          const value = delta[0] + delta[1] / 1e9;
          this.set(Object.assign({}, labels, endLabels), value);
          return value;
        };
      }
      async get() {
        if (this.collect) {
          const v = this.collect();
          if (v instanceof Promise) await v;
        }
        return {
          help: this.help,
          name: this.name,
          type: this.type,
          values: Object.values(this.hashMap),
          aggregator: this.aggregator
        };
      }
      _getValue(labels) {
        const hash2 = hashObject(labels || {}, this.sortedLabelNames);
        return this.hashMap[hash2] ? this.hashMap[hash2].value : 0;
      }
      labels(...args) {
        const labels = getLabels(this.labelNames, args);
        validateLabel(this.labelNames, labels);
        return {
          inc: this.inc.bind(this, labels),
          dec: this.dec.bind(this, labels),
          set: this.set.bind(this, labels),
          setToCurrentTime: this.setToCurrentTime.bind(this, labels),
          startTimer: this.startTimer.bind(this, labels)
        };
      }
      remove(...args) {
        const labels = getLabels(this.labelNames, args);
        validateLabel(this.labelNames, labels);
        removeLabels.call(this, this.hashMap, labels, this.sortedLabelNames);
      }
    };
    function set(gauge, labels, value) {
      if (typeof value !== "number") {
        throw new TypeError(`Value is not a valid number: ${util.format(value)}`);
      }
      validateLabel(gauge.labelNames, labels);
      setValue(gauge.hashMap, value, labels);
    }
    function setDelta(gauge, labels, delta) {
      if (typeof delta !== "number") {
        throw new TypeError(`Delta is not a valid number: ${util.format(delta)}`);
      }
      validateLabel(gauge.labelNames, labels);
      const hash2 = hashObject(labels, gauge.sortedLabelNames);
      setValueDelta(gauge.hashMap, delta, labels, hash2);
    }
    function getLabelArg(labels) {
      return isObject(labels) ? labels : {};
    }
    function getValueArg(labels, value) {
      return isObject(labels) ? value : labels;
    }
    module2.exports = Gauge2;
  }
});

// node_modules/prom-client/lib/histogram.js
var require_histogram = __commonJS({
  "node_modules/prom-client/lib/histogram.js"(exports2, module2) {
    "use strict";
    var util = require("util");
    var {
      getLabels,
      hashObject,
      isObject,
      removeLabels,
      nowTimestamp
    } = require_util();
    var { validateLabel } = require_validation();
    var { Metric } = require_metric();
    var Exemplar = require_exemplar();
    var Histogram2 = class extends Metric {
      constructor(config) {
        super(config, {
          buckets: [5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
        });
        this.type = "histogram";
        this.defaultLabels = {};
        this.defaultExemplarLabelSet = {};
        this.enableExemplars = false;
        for (const label of this.labelNames) {
          if (label === "le") {
            throw new Error("le is a reserved label keyword");
          }
        }
        this.upperBounds = this.buckets;
        this.bucketValues = this.upperBounds.reduce((acc, upperBound) => {
          acc[upperBound] = 0;
          return acc;
        }, {});
        if (config.enableExemplars) {
          this.enableExemplars = true;
          this.bucketExemplars = this.upperBounds.reduce((acc, upperBound) => {
            acc[upperBound] = null;
            return acc;
          }, {});
          Object.freeze(this.bucketExemplars);
          this.observe = this.observeWithExemplar;
        } else {
          this.observe = this.observeWithoutExemplar;
        }
        Object.freeze(this.bucketValues);
        Object.freeze(this.upperBounds);
        if (this.labelNames.length === 0) {
          this.hashMap = {
            [hashObject({})]: createBaseValues(
              {},
              this.bucketValues,
              this.bucketExemplars
            )
          };
        }
      }
      /**
       * Observe a value in histogram
       * @param {object} labels - Object with labels where key is the label key and value is label value. Can only be one level deep
       * @param {Number} value - Value to observe in the histogram
       * @returns {void}
       */
      observeWithoutExemplar(labels, value) {
        observe.call(this, labels === 0 ? 0 : labels || {})(value);
      }
      observeWithExemplar({
        labels = this.defaultLabels,
        value,
        exemplarLabels = this.defaultExemplarLabelSet
      } = {}) {
        observe.call(this, labels === 0 ? 0 : labels || {})(value);
        this.updateExemplar(labels, value, exemplarLabels);
      }
      updateExemplar(labels, value, exemplarLabels) {
        if (Object.keys(exemplarLabels).length === 0) return;
        const hash2 = hashObject(labels, this.sortedLabelNames);
        const bound = findBound(this.upperBounds, value);
        const { bucketExemplars } = this.hashMap[hash2];
        let exemplar = bucketExemplars[bound];
        if (!isObject(exemplar)) {
          exemplar = new Exemplar();
          bucketExemplars[bound] = exemplar;
        }
        exemplar.validateExemplarLabelSet(exemplarLabels);
        exemplar.labelSet = exemplarLabels;
        exemplar.value = value;
        exemplar.timestamp = nowTimestamp();
      }
      async get() {
        const data = await this.getForPromString();
        data.values = data.values.map(splayLabels);
        return data;
      }
      async getForPromString() {
        if (this.collect) {
          const v = this.collect();
          if (v instanceof Promise) await v;
        }
        const data = Object.values(this.hashMap);
        const values = data.map(extractBucketValuesForExport(this)).reduce(addSumAndCountForExport(this), []);
        return {
          name: this.name,
          help: this.help,
          type: this.type,
          values,
          aggregator: this.aggregator
        };
      }
      reset() {
        this.hashMap = {};
      }
      /**
       * Initialize the metrics for the given combination of labels to zero
       * @param {object} labels - Object with labels where key is the label key and value is label value. Can only be one level deep
       * @returns {void}
       */
      zero(labels) {
        const hash2 = hashObject(labels, this.sortedLabelNames);
        this.hashMap[hash2] = createBaseValues(
          labels,
          this.bucketValues,
          this.bucketExemplars
        );
      }
      /**
       * Start a timer that could be used to logging durations
       * @param {object} labels - Object with labels where key is the label key and value is label value. Can only be one level deep
       * @param {object} exemplarLabels - Object with labels for exemplar where key is the label key and value is label value. Can only be one level deep
       * @returns {function} - Function to invoke when you want to stop the timer and observe the duration in seconds
       * @example
       * var end = histogram.startTimer();
       * makeExpensiveXHRRequest(function(err, res) {
       * 	const duration = end(); //Observe the duration of expensiveXHRRequest and returns duration in seconds
       * 	console.log('Duration', duration);
       * });
       */
      startTimer(labels, exemplarLabels) {
        return this.enableExemplars ? startTimerWithExemplar.call(this, labels, exemplarLabels)() : startTimer.call(this, labels)();
      }
      labels(...args) {
        const labels = getLabels(this.labelNames, args);
        validateLabel(this.labelNames, labels);
        return {
          observe: observe.call(this, labels),
          startTimer: startTimer.call(this, labels)
        };
      }
      remove(...args) {
        const labels = getLabels(this.labelNames, args);
        validateLabel(this.labelNames, labels);
        removeLabels.call(this, this.hashMap, labels, this.sortedLabelNames);
      }
    };
    function startTimer(startLabels) {
      return () => {
        const start = process.hrtime();
        return (endLabels) => {
          const delta = process.hrtime(start);
          const value = delta[0] + delta[1] / 1e9;
          this.observe(Object.assign({}, startLabels, endLabels), value);
          return value;
        };
      };
    }
    function startTimerWithExemplar(startLabels, startExemplarLabels) {
      return () => {
        const start = process.hrtime();
        return (endLabels, endExemplarLabels) => {
          const delta = process.hrtime(start);
          const value = delta[0] + delta[1] / 1e9;
          this.observe({
            labels: Object.assign({}, startLabels, endLabels),
            value,
            exemplarLabels: Object.assign(
              {},
              startExemplarLabels,
              endExemplarLabels
            )
          });
          return value;
        };
      };
    }
    function setValuePair(labels, value, metricName, exemplar, sharedLabels = {}) {
      return {
        labels,
        sharedLabels,
        value,
        metricName,
        exemplar
      };
    }
    function findBound(upperBounds, value) {
      for (let i = 0; i < upperBounds.length; i++) {
        const bound = upperBounds[i];
        if (value <= bound) {
          return bound;
        }
      }
      return -1;
    }
    function observe(labels) {
      return (value) => {
        const labelValuePair = convertLabelsAndValues(labels, value);
        validateLabel(this.labelNames, labelValuePair.labels);
        if (!Number.isFinite(labelValuePair.value)) {
          throw new TypeError(
            `Value is not a valid number: ${util.format(labelValuePair.value)}`
          );
        }
        const hash2 = hashObject(labelValuePair.labels, this.sortedLabelNames);
        let valueFromMap = this.hashMap[hash2];
        if (!valueFromMap) {
          valueFromMap = createBaseValues(
            labelValuePair.labels,
            this.bucketValues,
            this.bucketExemplars
          );
        }
        const b = findBound(this.upperBounds, labelValuePair.value);
        valueFromMap.sum += labelValuePair.value;
        valueFromMap.count += 1;
        if (Object.prototype.hasOwnProperty.call(valueFromMap.bucketValues, b)) {
          valueFromMap.bucketValues[b] += 1;
        }
        this.hashMap[hash2] = valueFromMap;
      };
    }
    function createBaseValues(labels, bucketValues, bucketExemplars) {
      const result = {
        labels,
        bucketValues: { ...bucketValues },
        sum: 0,
        count: 0
      };
      if (bucketExemplars) {
        result.bucketExemplars = { ...bucketExemplars };
      }
      return result;
    }
    function convertLabelsAndValues(labels, value) {
      return isObject(labels) ? {
        labels,
        value
      } : {
        value: labels,
        labels: {}
      };
    }
    function extractBucketValuesForExport(histogram) {
      const name = `${histogram.name}_bucket`;
      return (bucketData) => {
        let acc = 0;
        const buckets = histogram.upperBounds.map((upperBound) => {
          acc += bucketData.bucketValues[upperBound];
          return setValuePair(
            { le: upperBound },
            acc,
            name,
            bucketData.bucketExemplars ? bucketData.bucketExemplars[upperBound] : null,
            bucketData.labels
          );
        });
        return { buckets, data: bucketData };
      };
    }
    function addSumAndCountForExport(histogram) {
      return (acc, d) => {
        acc.push(...d.buckets);
        const infLabel = { le: "+Inf" };
        acc.push(
          setValuePair(
            infLabel,
            d.data.count,
            `${histogram.name}_bucket`,
            d.data.bucketExemplars ? d.data.bucketExemplars["-1"] : null,
            d.data.labels
          ),
          setValuePair(
            {},
            d.data.sum,
            `${histogram.name}_sum`,
            void 0,
            d.data.labels
          ),
          setValuePair(
            {},
            d.data.count,
            `${histogram.name}_count`,
            void 0,
            d.data.labels
          )
        );
        return acc;
      };
    }
    function splayLabels(bucket) {
      const { sharedLabels, labels, ...newBucket } = bucket;
      for (const label of Object.keys(sharedLabels)) {
        labels[label] = sharedLabels[label];
      }
      newBucket.labels = labels;
      return newBucket;
    }
    module2.exports = Histogram2;
  }
});

// node_modules/bintrees/lib/treebase.js
var require_treebase = __commonJS({
  "node_modules/bintrees/lib/treebase.js"(exports2, module2) {
    function TreeBase() {
    }
    TreeBase.prototype.clear = function() {
      this._root = null;
      this.size = 0;
    };
    TreeBase.prototype.find = function(data) {
      var res = this._root;
      while (res !== null) {
        var c = this._comparator(data, res.data);
        if (c === 0) {
          return res.data;
        } else {
          res = res.get_child(c > 0);
        }
      }
      return null;
    };
    TreeBase.prototype.findIter = function(data) {
      var res = this._root;
      var iter = this.iterator();
      while (res !== null) {
        var c = this._comparator(data, res.data);
        if (c === 0) {
          iter._cursor = res;
          return iter;
        } else {
          iter._ancestors.push(res);
          res = res.get_child(c > 0);
        }
      }
      return null;
    };
    TreeBase.prototype.lowerBound = function(item) {
      var cur = this._root;
      var iter = this.iterator();
      var cmp = this._comparator;
      while (cur !== null) {
        var c = cmp(item, cur.data);
        if (c === 0) {
          iter._cursor = cur;
          return iter;
        }
        iter._ancestors.push(cur);
        cur = cur.get_child(c > 0);
      }
      for (var i = iter._ancestors.length - 1; i >= 0; --i) {
        cur = iter._ancestors[i];
        if (cmp(item, cur.data) < 0) {
          iter._cursor = cur;
          iter._ancestors.length = i;
          return iter;
        }
      }
      iter._ancestors.length = 0;
      return iter;
    };
    TreeBase.prototype.upperBound = function(item) {
      var iter = this.lowerBound(item);
      var cmp = this._comparator;
      while (iter.data() !== null && cmp(iter.data(), item) === 0) {
        iter.next();
      }
      return iter;
    };
    TreeBase.prototype.min = function() {
      var res = this._root;
      if (res === null) {
        return null;
      }
      while (res.left !== null) {
        res = res.left;
      }
      return res.data;
    };
    TreeBase.prototype.max = function() {
      var res = this._root;
      if (res === null) {
        return null;
      }
      while (res.right !== null) {
        res = res.right;
      }
      return res.data;
    };
    TreeBase.prototype.iterator = function() {
      return new Iterator(this);
    };
    TreeBase.prototype.each = function(cb) {
      var it = this.iterator(), data;
      while ((data = it.next()) !== null) {
        if (cb(data) === false) {
          return;
        }
      }
    };
    TreeBase.prototype.reach = function(cb) {
      var it = this.iterator(), data;
      while ((data = it.prev()) !== null) {
        if (cb(data) === false) {
          return;
        }
      }
    };
    function Iterator(tree) {
      this._tree = tree;
      this._ancestors = [];
      this._cursor = null;
    }
    Iterator.prototype.data = function() {
      return this._cursor !== null ? this._cursor.data : null;
    };
    Iterator.prototype.next = function() {
      if (this._cursor === null) {
        var root = this._tree._root;
        if (root !== null) {
          this._minNode(root);
        }
      } else {
        if (this._cursor.right === null) {
          var save;
          do {
            save = this._cursor;
            if (this._ancestors.length) {
              this._cursor = this._ancestors.pop();
            } else {
              this._cursor = null;
              break;
            }
          } while (this._cursor.right === save);
        } else {
          this._ancestors.push(this._cursor);
          this._minNode(this._cursor.right);
        }
      }
      return this._cursor !== null ? this._cursor.data : null;
    };
    Iterator.prototype.prev = function() {
      if (this._cursor === null) {
        var root = this._tree._root;
        if (root !== null) {
          this._maxNode(root);
        }
      } else {
        if (this._cursor.left === null) {
          var save;
          do {
            save = this._cursor;
            if (this._ancestors.length) {
              this._cursor = this._ancestors.pop();
            } else {
              this._cursor = null;
              break;
            }
          } while (this._cursor.left === save);
        } else {
          this._ancestors.push(this._cursor);
          this._maxNode(this._cursor.left);
        }
      }
      return this._cursor !== null ? this._cursor.data : null;
    };
    Iterator.prototype._minNode = function(start) {
      while (start.left !== null) {
        this._ancestors.push(start);
        start = start.left;
      }
      this._cursor = start;
    };
    Iterator.prototype._maxNode = function(start) {
      while (start.right !== null) {
        this._ancestors.push(start);
        start = start.right;
      }
      this._cursor = start;
    };
    module2.exports = TreeBase;
  }
});

// node_modules/bintrees/lib/rbtree.js
var require_rbtree = __commonJS({
  "node_modules/bintrees/lib/rbtree.js"(exports2, module2) {
    var TreeBase = require_treebase();
    function Node(data) {
      this.data = data;
      this.left = null;
      this.right = null;
      this.red = true;
    }
    Node.prototype.get_child = function(dir) {
      return dir ? this.right : this.left;
    };
    Node.prototype.set_child = function(dir, val) {
      if (dir) {
        this.right = val;
      } else {
        this.left = val;
      }
    };
    function RBTree(comparator) {
      this._root = null;
      this._comparator = comparator;
      this.size = 0;
    }
    RBTree.prototype = new TreeBase();
    RBTree.prototype.insert = function(data) {
      var ret2 = false;
      if (this._root === null) {
        this._root = new Node(data);
        ret2 = true;
        this.size++;
      } else {
        var head = new Node(void 0);
        var dir = 0;
        var last = 0;
        var gp = null;
        var ggp = head;
        var p = null;
        var node = this._root;
        ggp.right = this._root;
        while (true) {
          if (node === null) {
            node = new Node(data);
            p.set_child(dir, node);
            ret2 = true;
            this.size++;
          } else if (is_red(node.left) && is_red(node.right)) {
            node.red = true;
            node.left.red = false;
            node.right.red = false;
          }
          if (is_red(node) && is_red(p)) {
            var dir2 = ggp.right === gp;
            if (node === p.get_child(last)) {
              ggp.set_child(dir2, single_rotate(gp, !last));
            } else {
              ggp.set_child(dir2, double_rotate(gp, !last));
            }
          }
          var cmp = this._comparator(node.data, data);
          if (cmp === 0) {
            break;
          }
          last = dir;
          dir = cmp < 0;
          if (gp !== null) {
            ggp = gp;
          }
          gp = p;
          p = node;
          node = node.get_child(dir);
        }
        this._root = head.right;
      }
      this._root.red = false;
      return ret2;
    };
    RBTree.prototype.remove = function(data) {
      if (this._root === null) {
        return false;
      }
      var head = new Node(void 0);
      var node = head;
      node.right = this._root;
      var p = null;
      var gp = null;
      var found = null;
      var dir = 1;
      while (node.get_child(dir) !== null) {
        var last = dir;
        gp = p;
        p = node;
        node = node.get_child(dir);
        var cmp = this._comparator(data, node.data);
        dir = cmp > 0;
        if (cmp === 0) {
          found = node;
        }
        if (!is_red(node) && !is_red(node.get_child(dir))) {
          if (is_red(node.get_child(!dir))) {
            var sr = single_rotate(node, dir);
            p.set_child(last, sr);
            p = sr;
          } else if (!is_red(node.get_child(!dir))) {
            var sibling = p.get_child(!last);
            if (sibling !== null) {
              if (!is_red(sibling.get_child(!last)) && !is_red(sibling.get_child(last))) {
                p.red = false;
                sibling.red = true;
                node.red = true;
              } else {
                var dir2 = gp.right === p;
                if (is_red(sibling.get_child(last))) {
                  gp.set_child(dir2, double_rotate(p, last));
                } else if (is_red(sibling.get_child(!last))) {
                  gp.set_child(dir2, single_rotate(p, last));
                }
                var gpc = gp.get_child(dir2);
                gpc.red = true;
                node.red = true;
                gpc.left.red = false;
                gpc.right.red = false;
              }
            }
          }
        }
      }
      if (found !== null) {
        found.data = node.data;
        p.set_child(p.right === node, node.get_child(node.left === null));
        this.size--;
      }
      this._root = head.right;
      if (this._root !== null) {
        this._root.red = false;
      }
      return found !== null;
    };
    function is_red(node) {
      return node !== null && node.red;
    }
    function single_rotate(root, dir) {
      var save = root.get_child(!dir);
      root.set_child(!dir, save.get_child(dir));
      save.set_child(dir, root);
      root.red = true;
      save.red = false;
      return save;
    }
    function double_rotate(root, dir) {
      root.set_child(!dir, single_rotate(root.get_child(!dir), !dir));
      return single_rotate(root, dir);
    }
    module2.exports = RBTree;
  }
});

// node_modules/bintrees/lib/bintree.js
var require_bintree = __commonJS({
  "node_modules/bintrees/lib/bintree.js"(exports2, module2) {
    var TreeBase = require_treebase();
    function Node(data) {
      this.data = data;
      this.left = null;
      this.right = null;
    }
    Node.prototype.get_child = function(dir) {
      return dir ? this.right : this.left;
    };
    Node.prototype.set_child = function(dir, val) {
      if (dir) {
        this.right = val;
      } else {
        this.left = val;
      }
    };
    function BinTree(comparator) {
      this._root = null;
      this._comparator = comparator;
      this.size = 0;
    }
    BinTree.prototype = new TreeBase();
    BinTree.prototype.insert = function(data) {
      if (this._root === null) {
        this._root = new Node(data);
        this.size++;
        return true;
      }
      var dir = 0;
      var p = null;
      var node = this._root;
      while (true) {
        if (node === null) {
          node = new Node(data);
          p.set_child(dir, node);
          ret = true;
          this.size++;
          return true;
        }
        if (this._comparator(node.data, data) === 0) {
          return false;
        }
        dir = this._comparator(node.data, data) < 0;
        p = node;
        node = node.get_child(dir);
      }
    };
    BinTree.prototype.remove = function(data) {
      if (this._root === null) {
        return false;
      }
      var head = new Node(void 0);
      var node = head;
      node.right = this._root;
      var p = null;
      var found = null;
      var dir = 1;
      while (node.get_child(dir) !== null) {
        p = node;
        node = node.get_child(dir);
        var cmp = this._comparator(data, node.data);
        dir = cmp > 0;
        if (cmp === 0) {
          found = node;
        }
      }
      if (found !== null) {
        found.data = node.data;
        p.set_child(p.right === node, node.get_child(node.left === null));
        this._root = head.right;
        this.size--;
        return true;
      } else {
        return false;
      }
    };
    module2.exports = BinTree;
  }
});

// node_modules/bintrees/index.js
var require_bintrees = __commonJS({
  "node_modules/bintrees/index.js"(exports2, module2) {
    module2.exports = {
      RBTree: require_rbtree(),
      BinTree: require_bintree()
    };
  }
});

// node_modules/tdigest/tdigest.js
var require_tdigest = __commonJS({
  "node_modules/tdigest/tdigest.js"(exports2, module2) {
    var RBTree = require_bintrees().RBTree;
    function TDigest(delta, K, CX) {
      this.discrete = delta === false;
      this.delta = delta || 0.01;
      this.K = K === void 0 ? 25 : K;
      this.CX = CX === void 0 ? 1.1 : CX;
      this.centroids = new RBTree(compare_centroid_means);
      this.nreset = 0;
      this.reset();
    }
    TDigest.prototype.reset = function() {
      this.centroids.clear();
      this.n = 0;
      this.nreset += 1;
      this.last_cumulate = 0;
    };
    TDigest.prototype.size = function() {
      return this.centroids.size;
    };
    TDigest.prototype.toArray = function(everything) {
      var result = [];
      if (everything) {
        this._cumulate(true);
        this.centroids.each(function(c) {
          result.push(c);
        });
      } else {
        this.centroids.each(function(c) {
          result.push({ mean: c.mean, n: c.n });
        });
      }
      return result;
    };
    TDigest.prototype.summary = function() {
      var approx = this.discrete ? "exact " : "approximating ";
      var s = [
        approx + this.n + " samples using " + this.size() + " centroids",
        "min = " + this.percentile(0),
        "Q1  = " + this.percentile(0.25),
        "Q2  = " + this.percentile(0.5),
        "Q3  = " + this.percentile(0.75),
        "max = " + this.percentile(1)
      ];
      return s.join("\n");
    };
    function compare_centroid_means(a, b) {
      return a.mean > b.mean ? 1 : a.mean < b.mean ? -1 : 0;
    }
    function compare_centroid_mean_cumns(a, b) {
      return a.mean_cumn - b.mean_cumn;
    }
    TDigest.prototype.push = function(x, n) {
      n = n || 1;
      x = Array.isArray(x) ? x : [x];
      for (var i = 0; i < x.length; i++) {
        this._digest(x[i], n);
      }
    };
    TDigest.prototype.push_centroid = function(c) {
      c = Array.isArray(c) ? c : [c];
      for (var i = 0; i < c.length; i++) {
        this._digest(c[i].mean, c[i].n);
      }
    };
    TDigest.prototype._cumulate = function(exact) {
      if (this.n === this.last_cumulate || !exact && this.CX && this.CX > this.n / this.last_cumulate) {
        return;
      }
      var cumn = 0;
      this.centroids.each(function(c) {
        c.mean_cumn = cumn + c.n / 2;
        cumn = c.cumn = cumn + c.n;
      });
      this.n = this.last_cumulate = cumn;
    };
    TDigest.prototype.find_nearest = function(x) {
      if (this.size() === 0) {
        return null;
      }
      var iter = this.centroids.lowerBound({ mean: x });
      var c = iter.data() === null ? iter.prev() : iter.data();
      if (c.mean === x || this.discrete) {
        return c;
      }
      var prev = iter.prev();
      if (prev && Math.abs(prev.mean - x) < Math.abs(c.mean - x)) {
        return prev;
      } else {
        return c;
      }
    };
    TDigest.prototype._new_centroid = function(x, n, cumn) {
      var c = { mean: x, n, cumn };
      this.centroids.insert(c);
      this.n += n;
      return c;
    };
    TDigest.prototype._addweight = function(nearest, x, n) {
      if (x !== nearest.mean) {
        nearest.mean += n * (x - nearest.mean) / (nearest.n + n);
      }
      nearest.cumn += n;
      nearest.mean_cumn += n / 2;
      nearest.n += n;
      this.n += n;
    };
    TDigest.prototype._digest = function(x, n) {
      var min = this.centroids.min();
      var max = this.centroids.max();
      var nearest = this.find_nearest(x);
      if (nearest && nearest.mean === x) {
        this._addweight(nearest, x, n);
      } else if (nearest === min) {
        this._new_centroid(x, n, 0);
      } else if (nearest === max) {
        this._new_centroid(x, n, this.n);
      } else if (this.discrete) {
        this._new_centroid(x, n, nearest.cumn);
      } else {
        var p = nearest.mean_cumn / this.n;
        var max_n = Math.floor(4 * this.n * this.delta * p * (1 - p));
        if (max_n - nearest.n >= n) {
          this._addweight(nearest, x, n);
        } else {
          this._new_centroid(x, n, nearest.cumn);
        }
      }
      this._cumulate(false);
      if (!this.discrete && this.K && this.size() > this.K / this.delta) {
        this.compress();
      }
    };
    TDigest.prototype.bound_mean = function(x) {
      var iter = this.centroids.upperBound({ mean: x });
      var lower = iter.prev();
      var upper = lower.mean === x ? lower : iter.next();
      return [lower, upper];
    };
    TDigest.prototype.p_rank = function(x_or_xlist) {
      var xs = Array.isArray(x_or_xlist) ? x_or_xlist : [x_or_xlist];
      var ps = xs.map(this._p_rank, this);
      return Array.isArray(x_or_xlist) ? ps : ps[0];
    };
    TDigest.prototype._p_rank = function(x) {
      if (this.size() === 0) {
        return void 0;
      } else if (x < this.centroids.min().mean) {
        return 0;
      } else if (x > this.centroids.max().mean) {
        return 1;
      }
      this._cumulate(true);
      var bound = this.bound_mean(x);
      var lower = bound[0], upper = bound[1];
      if (this.discrete) {
        return lower.cumn / this.n;
      } else {
        var cumn = lower.mean_cumn;
        if (lower !== upper) {
          cumn += (x - lower.mean) * (upper.mean_cumn - lower.mean_cumn) / (upper.mean - lower.mean);
        }
        return cumn / this.n;
      }
    };
    TDigest.prototype.bound_mean_cumn = function(cumn) {
      this.centroids._comparator = compare_centroid_mean_cumns;
      var iter = this.centroids.upperBound({ mean_cumn: cumn });
      this.centroids._comparator = compare_centroid_means;
      var lower = iter.prev();
      var upper = lower && lower.mean_cumn === cumn ? lower : iter.next();
      return [lower, upper];
    };
    TDigest.prototype.percentile = function(p_or_plist) {
      var ps = Array.isArray(p_or_plist) ? p_or_plist : [p_or_plist];
      var qs = ps.map(this._percentile, this);
      return Array.isArray(p_or_plist) ? qs : qs[0];
    };
    TDigest.prototype._percentile = function(p) {
      if (this.size() === 0) {
        return void 0;
      }
      this._cumulate(true);
      var h = this.n * p;
      var bound = this.bound_mean_cumn(h);
      var lower = bound[0], upper = bound[1];
      if (upper === lower || lower === null || upper === null) {
        return (lower || upper).mean;
      } else if (!this.discrete) {
        return lower.mean + (h - lower.mean_cumn) * (upper.mean - lower.mean) / (upper.mean_cumn - lower.mean_cumn);
      } else if (h <= lower.cumn) {
        return lower.mean;
      } else {
        return upper.mean;
      }
    };
    function pop_random(choices) {
      var idx = Math.floor(Math.random() * choices.length);
      return choices.splice(idx, 1)[0];
    }
    TDigest.prototype.compress = function() {
      if (this.compressing) {
        return;
      }
      var points = this.toArray();
      this.reset();
      this.compressing = true;
      while (points.length > 0) {
        this.push_centroid(pop_random(points));
      }
      this._cumulate(true);
      this.compressing = false;
    };
    function Digest(config) {
      this.config = config || {};
      this.mode = this.config.mode || "auto";
      TDigest.call(this, this.mode === "cont" ? config.delta : false);
      this.digest_ratio = this.config.ratio || 0.9;
      this.digest_thresh = this.config.thresh || 1e3;
      this.n_unique = 0;
    }
    Digest.prototype = Object.create(TDigest.prototype);
    Digest.prototype.constructor = Digest;
    Digest.prototype.push = function(x_or_xlist) {
      TDigest.prototype.push.call(this, x_or_xlist);
      this.check_continuous();
    };
    Digest.prototype._new_centroid = function(x, n, cumn) {
      this.n_unique += 1;
      TDigest.prototype._new_centroid.call(this, x, n, cumn);
    };
    Digest.prototype._addweight = function(nearest, x, n) {
      if (nearest.n === 1) {
        this.n_unique -= 1;
      }
      TDigest.prototype._addweight.call(this, nearest, x, n);
    };
    Digest.prototype.check_continuous = function() {
      if (this.mode !== "auto" || this.size() < this.digest_thresh) {
        return false;
      }
      if (this.n_unique / this.size() > this.digest_ratio) {
        this.mode = "cont";
        this.discrete = false;
        this.delta = this.config.delta || 0.01;
        this.compress();
        return true;
      }
      return false;
    };
    module2.exports = {
      "TDigest": TDigest,
      "Digest": Digest
    };
  }
});

// node_modules/prom-client/lib/timeWindowQuantiles.js
var require_timeWindowQuantiles = __commonJS({
  "node_modules/prom-client/lib/timeWindowQuantiles.js"(exports2, module2) {
    "use strict";
    var { TDigest } = require_tdigest();
    var TimeWindowQuantiles = class {
      constructor(maxAgeSeconds, ageBuckets) {
        this.maxAgeSeconds = maxAgeSeconds || 0;
        this.ageBuckets = ageBuckets || 0;
        this.shouldRotate = maxAgeSeconds && ageBuckets;
        this.ringBuffer = Array(ageBuckets).fill(new TDigest());
        this.currentBuffer = 0;
        this.lastRotateTimestampMillis = Date.now();
        this.durationBetweenRotatesMillis = maxAgeSeconds * 1e3 / ageBuckets || Infinity;
      }
      size() {
        const bucket = rotate.call(this);
        return bucket.size();
      }
      percentile(quantile) {
        const bucket = rotate.call(this);
        return bucket.percentile(quantile);
      }
      push(value) {
        rotate.call(this);
        this.ringBuffer.forEach((bucket) => {
          bucket.push(value);
        });
      }
      reset() {
        this.ringBuffer.forEach((bucket) => {
          bucket.reset();
        });
      }
      compress() {
        this.ringBuffer.forEach((bucket) => {
          bucket.compress();
        });
      }
    };
    function rotate() {
      let timeSinceLastRotateMillis = Date.now() - this.lastRotateTimestampMillis;
      while (timeSinceLastRotateMillis > this.durationBetweenRotatesMillis && this.shouldRotate) {
        this.ringBuffer[this.currentBuffer] = new TDigest();
        if (++this.currentBuffer >= this.ringBuffer.length) {
          this.currentBuffer = 0;
        }
        timeSinceLastRotateMillis -= this.durationBetweenRotatesMillis;
        this.lastRotateTimestampMillis += this.durationBetweenRotatesMillis;
      }
      return this.ringBuffer[this.currentBuffer];
    }
    module2.exports = TimeWindowQuantiles;
  }
});

// node_modules/prom-client/lib/summary.js
var require_summary = __commonJS({
  "node_modules/prom-client/lib/summary.js"(exports2, module2) {
    "use strict";
    var util = require("util");
    var { getLabels, hashObject, removeLabels } = require_util();
    var { validateLabel } = require_validation();
    var { Metric } = require_metric();
    var timeWindowQuantiles = require_timeWindowQuantiles();
    var DEFAULT_COMPRESS_COUNT = 1e3;
    var Summary = class extends Metric {
      constructor(config) {
        super(config, {
          percentiles: [0.01, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999],
          compressCount: DEFAULT_COMPRESS_COUNT,
          hashMap: {}
        });
        this.type = "summary";
        for (const label of this.labelNames) {
          if (label === "quantile")
            throw new Error("quantile is a reserved label keyword");
        }
        if (this.labelNames.length === 0) {
          this.hashMap = {
            [hashObject({})]: {
              labels: {},
              td: new timeWindowQuantiles(this.maxAgeSeconds, this.ageBuckets),
              count: 0,
              sum: 0
            }
          };
        }
      }
      /**
       * Observe a value
       * @param {object} labels - Object with labels where key is the label key and value is label value. Can only be one level deep
       * @param {Number} value - Value to observe
       * @returns {void}
       */
      observe(labels, value) {
        observe.call(this, labels === 0 ? 0 : labels || {})(value);
      }
      async get() {
        if (this.collect) {
          const v = this.collect();
          if (v instanceof Promise) await v;
        }
        const hashKeys = Object.keys(this.hashMap);
        const values = [];
        hashKeys.forEach((hashKey) => {
          const s = this.hashMap[hashKey];
          if (s) {
            if (this.pruneAgedBuckets && s.td.size() === 0) {
              delete this.hashMap[hashKey];
            } else {
              extractSummariesForExport(s, this.percentiles).forEach((v) => {
                values.push(v);
              });
              values.push(getSumForExport(s, this));
              values.push(getCountForExport(s, this));
            }
          }
        });
        return {
          name: this.name,
          help: this.help,
          type: this.type,
          values,
          aggregator: this.aggregator
        };
      }
      reset() {
        const data = Object.values(this.hashMap);
        data.forEach((s) => {
          s.td.reset();
          s.count = 0;
          s.sum = 0;
        });
      }
      /**
       * Start a timer that could be used to logging durations
       * @param {object} labels - Object with labels where key is the label key and value is label value. Can only be one level deep
       * @returns {function} - Function to invoke when you want to stop the timer and observe the duration in seconds
       * @example
       * var end = summary.startTimer();
       * makeExpensiveXHRRequest(function(err, res) {
       *	end(); //Observe the duration of expensiveXHRRequest
       * });
       */
      startTimer(labels) {
        return startTimer.call(this, labels)();
      }
      labels(...args) {
        const labels = getLabels(this.labelNames, args);
        validateLabel(this.labelNames, labels);
        return {
          observe: observe.call(this, labels),
          startTimer: startTimer.call(this, labels)
        };
      }
      remove(...args) {
        const labels = getLabels(this.labelNames, args);
        validateLabel(this.labelNames, labels);
        removeLabels.call(this, this.hashMap, labels, this.sortedLabelNames);
      }
    };
    function extractSummariesForExport(summaryOfLabels, percentiles) {
      summaryOfLabels.td.compress();
      return percentiles.map((percentile) => {
        const percentileValue = summaryOfLabels.td.percentile(percentile);
        return {
          labels: Object.assign({ quantile: percentile }, summaryOfLabels.labels),
          value: percentileValue ? percentileValue : 0
        };
      });
    }
    function getCountForExport(value, summary) {
      return {
        metricName: `${summary.name}_count`,
        labels: value.labels,
        value: value.count
      };
    }
    function getSumForExport(value, summary) {
      return {
        metricName: `${summary.name}_sum`,
        labels: value.labels,
        value: value.sum
      };
    }
    function startTimer(startLabels) {
      return () => {
        const start = process.hrtime();
        return (endLabels) => {
          const delta = process.hrtime(start);
          const value = delta[0] + delta[1] / 1e9;
          this.observe(Object.assign({}, startLabels, endLabels), value);
          return value;
        };
      };
    }
    function observe(labels) {
      return (value) => {
        const labelValuePair = convertLabelsAndValues(labels, value);
        validateLabel(this.labelNames, labels);
        if (!Number.isFinite(labelValuePair.value)) {
          throw new TypeError(
            `Value is not a valid number: ${util.format(labelValuePair.value)}`
          );
        }
        const hash2 = hashObject(labelValuePair.labels, this.sortedLabelNames);
        let summaryOfLabel = this.hashMap[hash2];
        if (!summaryOfLabel) {
          summaryOfLabel = {
            labels: labelValuePair.labels,
            td: new timeWindowQuantiles(this.maxAgeSeconds, this.ageBuckets),
            count: 0,
            sum: 0
          };
        }
        summaryOfLabel.td.push(labelValuePair.value);
        summaryOfLabel.count++;
        if (summaryOfLabel.count % this.compressCount === 0) {
          summaryOfLabel.td.compress();
        }
        summaryOfLabel.sum += labelValuePair.value;
        this.hashMap[hash2] = summaryOfLabel;
      };
    }
    function convertLabelsAndValues(labels, value) {
      if (value === void 0) {
        return {
          value: labels,
          labels: {}
        };
      }
      return {
        labels,
        value
      };
    }
    module2.exports = Summary;
  }
});

// node_modules/prom-client/lib/pushgateway.js
var require_pushgateway = __commonJS({
  "node_modules/prom-client/lib/pushgateway.js"(exports2, module2) {
    "use strict";
    var url = require("url");
    var http = require("http");
    var https = require("https");
    var { gzipSync } = require("zlib");
    var { globalRegistry } = require_registry();
    var Pushgateway = class {
      constructor(gatewayUrl, options, registry) {
        if (!registry) {
          registry = globalRegistry;
        }
        this.registry = registry;
        this.gatewayUrl = gatewayUrl;
        const { requireJobName, ...requestOptions } = {
          requireJobName: true,
          ...options
        };
        this.requireJobName = requireJobName;
        this.requestOptions = requestOptions;
      }
      pushAdd(params = {}) {
        if (this.requireJobName && !params.jobName) {
          throw new Error("Missing jobName parameter");
        }
        return useGateway.call(this, "POST", params.jobName, params.groupings);
      }
      push(params = {}) {
        if (this.requireJobName && !params.jobName) {
          throw new Error("Missing jobName parameter");
        }
        return useGateway.call(this, "PUT", params.jobName, params.groupings);
      }
      delete(params = {}) {
        if (this.requireJobName && !params.jobName) {
          throw new Error("Missing jobName parameter");
        }
        return useGateway.call(this, "DELETE", params.jobName, params.groupings);
      }
    };
    async function useGateway(method, job, groupings) {
      const gatewayUrlParsed = url.parse(this.gatewayUrl);
      const gatewayUrlPath = gatewayUrlParsed.pathname && gatewayUrlParsed.pathname !== "/" ? gatewayUrlParsed.pathname : "";
      const jobPath = job ? `/job/${encodeURIComponent(job)}${generateGroupings(groupings)}` : "";
      const path3 = `${gatewayUrlPath}/metrics${jobPath}`;
      const target = url.resolve(this.gatewayUrl, path3);
      const requestParams = url.parse(target);
      const httpModule = isHttps(requestParams.href) ? https : http;
      const options = Object.assign(requestParams, this.requestOptions, {
        method
      });
      return new Promise((resolve, reject) => {
        if (method === "DELETE" && options.headers) {
          delete options.headers["Content-Encoding"];
        }
        const req = httpModule.request(options, (resp) => {
          let body = "";
          resp.setEncoding("utf8");
          resp.on("data", (chunk) => {
            body += chunk;
          });
          resp.on("end", () => {
            if (resp.statusCode >= 400) {
              reject(
                new Error(`push failed with status ${resp.statusCode}, ${body}`)
              );
            } else {
              resolve({ resp, body });
            }
          });
        });
        req.on("error", (err) => {
          reject(err);
        });
        req.on("timeout", () => {
          req.destroy(new Error("Pushgateway request timed out"));
        });
        if (method !== "DELETE") {
          this.registry.metrics().then((metrics2) => {
            if (options.headers && options.headers["Content-Encoding"] === "gzip") {
              metrics2 = gzipSync(metrics2);
            }
            req.write(metrics2);
            req.end();
          }).catch((err) => {
            reject(err);
          });
        } else {
          req.end();
        }
      });
    }
    function generateGroupings(groupings) {
      if (!groupings) {
        return "";
      }
      return Object.keys(groupings).map(
        (key) => `/${encodeURIComponent(key)}/${encodeURIComponent(groupings[key])}`
      ).join("");
    }
    function isHttps(href) {
      return href.search(/^https/) !== -1;
    }
    module2.exports = Pushgateway;
  }
});

// node_modules/prom-client/lib/bucketGenerators.js
var require_bucketGenerators = __commonJS({
  "node_modules/prom-client/lib/bucketGenerators.js"(exports2) {
    "use strict";
    exports2.linearBuckets = (start, width, count) => {
      if (count < 1) {
        throw new Error("Linear buckets needs a positive count");
      }
      const buckets = new Array(count);
      for (let i = 0; i < count; i++) {
        buckets[i] = start + i * width;
      }
      return buckets;
    };
    exports2.exponentialBuckets = (start, factor, count) => {
      if (start <= 0) {
        throw new Error("Exponential buckets needs a positive start");
      }
      if (count < 1) {
        throw new Error("Exponential buckets needs a positive count");
      }
      if (factor <= 1) {
        throw new Error("Exponential buckets needs a factor greater than 1");
      }
      const buckets = new Array(count);
      for (let i = 0; i < count; i++) {
        buckets[i] = start;
        start *= factor;
      }
      return buckets;
    };
  }
});

// node_modules/@opentelemetry/api/dist/diag/types.cjs
var require_types = __commonJS({
  "node_modules/@opentelemetry/api/dist/diag/types.cjs"(exports2) {
    var DiagLogLevel = /* @__PURE__ */ (function(DiagLogLevel2) {
      DiagLogLevel2[DiagLogLevel2["NONE"] = 0] = "NONE";
      DiagLogLevel2[DiagLogLevel2["ERROR"] = 30] = "ERROR";
      DiagLogLevel2[DiagLogLevel2["WARN"] = 50] = "WARN";
      DiagLogLevel2[DiagLogLevel2["INFO"] = 60] = "INFO";
      DiagLogLevel2[DiagLogLevel2["DEBUG"] = 70] = "DEBUG";
      DiagLogLevel2[DiagLogLevel2["VERBOSE"] = 80] = "VERBOSE";
      DiagLogLevel2[DiagLogLevel2["ALL"] = 9999] = "ALL";
      return DiagLogLevel2;
    })({});
    exports2.DiagLogLevel = DiagLogLevel;
  }
});

// node_modules/@opentelemetry/api/dist/version.cjs
var require_version = __commonJS({
  "node_modules/@opentelemetry/api/dist/version.cjs"(exports2) {
    var VERSION = "1.10.0";
    exports2.VERSION = VERSION;
  }
});

// node_modules/@opentelemetry/api/dist/internal/semver.cjs
var require_semver = __commonJS({
  "node_modules/@opentelemetry/api/dist/internal/semver.cjs"(exports2) {
    var require_version3 = require_version();
    var re = /^(\d+)\.(\d+)\.(\d+)(-(.+))?$/;
    function _makeCompatibilityCheck(ownVersion) {
      const acceptedVersions = /* @__PURE__ */ new Set([ownVersion]);
      const rejectedVersions = /* @__PURE__ */ new Set();
      const myVersionMatch = ownVersion.match(re);
      if (!myVersionMatch) return () => false;
      const ownVersionParsed = {
        major: +myVersionMatch[1],
        minor: +myVersionMatch[2],
        patch: +myVersionMatch[3],
        prerelease: myVersionMatch[4]
      };
      if (ownVersionParsed.prerelease != null) return function isExactmatch(globalVersion) {
        return globalVersion === ownVersion;
      };
      function _reject(v) {
        rejectedVersions.add(v);
        return false;
      }
      function _accept(v) {
        acceptedVersions.add(v);
        return true;
      }
      return function isCompatible2(globalVersion) {
        if (acceptedVersions.has(globalVersion)) return true;
        if (rejectedVersions.has(globalVersion)) return false;
        const globalVersionMatch = globalVersion.match(re);
        if (!globalVersionMatch) return _reject(globalVersion);
        const globalVersionParsed = {
          major: +globalVersionMatch[1],
          minor: +globalVersionMatch[2],
          patch: +globalVersionMatch[3],
          prerelease: globalVersionMatch[4]
        };
        if (globalVersionParsed.prerelease != null) return _reject(globalVersion);
        if (ownVersionParsed.major !== globalVersionParsed.major) return _reject(globalVersion);
        if (ownVersionParsed.major === 0) {
          if (ownVersionParsed.minor === globalVersionParsed.minor && ownVersionParsed.patch <= globalVersionParsed.patch) return _accept(globalVersion);
          return _reject(globalVersion);
        }
        if (ownVersionParsed.minor <= globalVersionParsed.minor) return _accept(globalVersion);
        return _reject(globalVersion);
      };
    }
    var isCompatible = _makeCompatibilityCheck(require_version3.VERSION);
    exports2._makeCompatibilityCheck = _makeCompatibilityCheck;
    exports2.isCompatible = isCompatible;
  }
});

// node_modules/@opentelemetry/api/dist/internal/global-utils.cjs
var require_global_utils = __commonJS({
  "node_modules/@opentelemetry/api/dist/internal/global-utils.cjs"(exports2) {
    var require_version3 = require_version();
    var require_semver2 = require_semver();
    var major = require_version3.VERSION.split(".")[0];
    var GLOBAL_OPENTELEMETRY_API_KEY = /* @__PURE__ */ Symbol.for(`opentelemetry.js.api.${major}`);
    var _global = typeof globalThis === "object" ? globalThis : typeof self === "object" ? self : typeof window === "object" ? window : typeof global === "object" ? global : {};
    function _makeGlobalApi() {
      return Object.defineProperty({}, "version", {
        value: require_version3.VERSION,
        enumerable: true,
        writable: false,
        configurable: false
      });
    }
    function registerGlobal(type, instance, diag, allowOverride = false) {
      var _global$GLOBAL_OPENTE;
      const api = _global[GLOBAL_OPENTELEMETRY_API_KEY] = (_global$GLOBAL_OPENTE = _global[GLOBAL_OPENTELEMETRY_API_KEY]) !== null && _global$GLOBAL_OPENTE !== void 0 ? _global$GLOBAL_OPENTE : _makeGlobalApi();
      if (!allowOverride && api[type]) {
        const err = /* @__PURE__ */ new Error(`@opentelemetry/api: Attempted duplicate registration of API: ${type}`);
        diag.error(err.stack || err.message);
        return false;
      }
      if (api.version !== "1.10.0") {
        const err = /* @__PURE__ */ new Error(`@opentelemetry/api: Registration of version v${api.version} for ${type} does not match previously registered API v${require_version3.VERSION}`);
        diag.error(err.stack || err.message);
        return false;
      }
      api[type] = instance;
      diag.debug(`@opentelemetry/api: Registered a global for ${type} v${require_version3.VERSION}.`);
      return true;
    }
    var _compatibleGlobalApi;
    function getGlobal(type) {
      const api = _global[GLOBAL_OPENTELEMETRY_API_KEY];
      if (api == null) return;
      if (api !== _compatibleGlobalApi) {
        if (!api.version || !require_semver2.isCompatible(api.version)) return;
        _compatibleGlobalApi = api;
      }
      return api[type];
    }
    function unregisterGlobal(type, diag) {
      diag.debug(`@opentelemetry/api: Unregistering a global for ${type} v${require_version3.VERSION}.`);
      const api = _global[GLOBAL_OPENTELEMETRY_API_KEY];
      if (api) delete api[type];
    }
    exports2.getGlobal = getGlobal;
    exports2.registerGlobal = registerGlobal;
    exports2.unregisterGlobal = unregisterGlobal;
  }
});

// node_modules/@opentelemetry/api/dist/diag/ComponentLogger.cjs
var require_ComponentLogger = __commonJS({
  "node_modules/@opentelemetry/api/dist/diag/ComponentLogger.cjs"(exports2) {
    var require_global_utils2 = require_global_utils();
    var DiagComponentLogger = class {
      constructor(props) {
        this._namespace = props.namespace || "DiagComponentLogger";
      }
      debug(...args) {
        return logProxy("debug", this._namespace, args);
      }
      error(...args) {
        return logProxy("error", this._namespace, args);
      }
      info(...args) {
        return logProxy("info", this._namespace, args);
      }
      warn(...args) {
        return logProxy("warn", this._namespace, args);
      }
      verbose(...args) {
        return logProxy("verbose", this._namespace, args);
      }
    };
    function logProxy(funcName, namespace, args) {
      const logger = require_global_utils2.getGlobal("diag");
      if (!logger) return;
      return logger[funcName](namespace, ...args);
    }
    exports2.DiagComponentLogger = DiagComponentLogger;
  }
});

// node_modules/@opentelemetry/api/dist/diag/internal/logLevelLogger.cjs
var require_logLevelLogger = __commonJS({
  "node_modules/@opentelemetry/api/dist/diag/internal/logLevelLogger.cjs"(exports2) {
    require_types();
    function createLogLevelDiagLogger(maxLevel, logger) {
      if (maxLevel < 0) maxLevel = 0;
      else if (maxLevel > 9999) maxLevel = 9999;
      logger = logger || {};
      function _filterFunc(funcName, theLevel) {
        const theFunc = logger[funcName];
        if (typeof theFunc === "function" && maxLevel >= theLevel) return theFunc.bind(logger);
        return function() {
        };
      }
      return {
        error: _filterFunc("error", 30),
        warn: _filterFunc("warn", 50),
        info: _filterFunc("info", 60),
        debug: _filterFunc("debug", 70),
        verbose: _filterFunc("verbose", 80)
      };
    }
    exports2.createLogLevelDiagLogger = createLogLevelDiagLogger;
  }
});

// node_modules/@opentelemetry/api/dist/api/diag.cjs
var require_diag = __commonJS({
  "node_modules/@opentelemetry/api/dist/api/diag.cjs"(exports2) {
    var require_global_utils2 = require_global_utils();
    var require_ComponentLogger2 = require_ComponentLogger();
    require_types();
    var require_logLevelLogger2 = require_logLevelLogger();
    var API_NAME = "diag";
    var DiagAPI = class DiagAPI2 {
      /** Get the singleton instance of the DiagAPI API */
      static instance() {
        if (!this._instance) this._instance = new DiagAPI2();
        return this._instance;
      }
      /**
      * Private internal constructor
      * @private
      */
      constructor() {
        function _logProxy(funcName) {
          return function(...args) {
            const logger = require_global_utils2.getGlobal("diag");
            if (!logger) return;
            return logger[funcName](...args);
          };
        }
        const self2 = this;
        const setLogger = (logger, optionsOrLogLevel = { logLevel: 60 }) => {
          var _optionsOrLogLevel$lo;
          if (logger === self2) {
            var _err$stack;
            const err = /* @__PURE__ */ new Error("Cannot use diag as the logger for itself. Please use a DiagLogger implementation like ConsoleDiagLogger or a custom implementation");
            self2.error((_err$stack = err.stack) !== null && _err$stack !== void 0 ? _err$stack : err.message);
            return false;
          }
          if (typeof optionsOrLogLevel === "number") optionsOrLogLevel = { logLevel: optionsOrLogLevel };
          const oldLogger = require_global_utils2.getGlobal("diag");
          const newLogger = require_logLevelLogger2.createLogLevelDiagLogger((_optionsOrLogLevel$lo = optionsOrLogLevel.logLevel) !== null && _optionsOrLogLevel$lo !== void 0 ? _optionsOrLogLevel$lo : 60, logger);
          if (oldLogger && !optionsOrLogLevel.suppressOverrideMessage) {
            var _Error$stack;
            const stack = (_Error$stack = (/* @__PURE__ */ new Error()).stack) !== null && _Error$stack !== void 0 ? _Error$stack : "<failed to generate stacktrace>";
            oldLogger.warn(`Current logger will be overwritten from ${stack}`);
            newLogger.warn(`Current logger will overwrite one already registered from ${stack}`);
          }
          return require_global_utils2.registerGlobal("diag", newLogger, self2, true);
        };
        self2.setLogger = setLogger;
        self2.disable = () => {
          require_global_utils2.unregisterGlobal(API_NAME, self2);
        };
        self2.createComponentLogger = (options) => {
          return new require_ComponentLogger2.DiagComponentLogger(options);
        };
        self2.verbose = _logProxy("verbose");
        self2.debug = _logProxy("debug");
        self2.info = _logProxy("info");
        self2.warn = _logProxy("warn");
        self2.error = _logProxy("error");
      }
    };
    exports2.DiagAPI = DiagAPI;
  }
});

// node_modules/@opentelemetry/api/dist/baggage/internal/baggage-impl.cjs
var require_baggage_impl = __commonJS({
  "node_modules/@opentelemetry/api/dist/baggage/internal/baggage-impl.cjs"(exports2) {
    var BaggageImpl = class BaggageImpl2 {
      constructor(entries) {
        this._entries = entries ? new Map(entries) : /* @__PURE__ */ new Map();
      }
      getEntry(key) {
        const entry = this._entries.get(key);
        if (!entry) return;
        return Object.assign({}, entry);
      }
      getAllEntries() {
        return Array.from(this._entries.entries());
      }
      setEntry(key, entry) {
        const newBaggage = new BaggageImpl2(this._entries);
        newBaggage._entries.set(key, entry);
        return newBaggage;
      }
      removeEntry(key) {
        const newBaggage = new BaggageImpl2(this._entries);
        newBaggage._entries.delete(key);
        return newBaggage;
      }
      removeEntries(...keys) {
        const newBaggage = new BaggageImpl2(this._entries);
        for (const key of keys) newBaggage._entries.delete(key);
        return newBaggage;
      }
      clear() {
        return new BaggageImpl2();
      }
    };
    exports2.BaggageImpl = BaggageImpl;
  }
});

// node_modules/@opentelemetry/api/dist/baggage/internal/symbol.cjs
var require_symbol = __commonJS({
  "node_modules/@opentelemetry/api/dist/baggage/internal/symbol.cjs"(exports2) {
    var baggageEntryMetadataSymbol = /* @__PURE__ */ Symbol("BaggageEntryMetadata");
    exports2.baggageEntryMetadataSymbol = baggageEntryMetadataSymbol;
  }
});

// node_modules/@opentelemetry/api/dist/baggage/utils.cjs
var require_utils = __commonJS({
  "node_modules/@opentelemetry/api/dist/baggage/utils.cjs"(exports2) {
    var require_diag2 = require_diag();
    var require_baggage_impl2 = require_baggage_impl();
    var require_symbol2 = require_symbol();
    var diag = require_diag2.DiagAPI.instance();
    function createBaggage(entries = {}) {
      return new require_baggage_impl2.BaggageImpl(new Map(Object.entries(entries)));
    }
    function baggageEntryMetadataFromString(str) {
      if (typeof str !== "string") {
        diag.error(`Cannot create baggage metadata from unknown type: ${typeof str}`);
        str = "";
      }
      return {
        __TYPE__: require_symbol2.baggageEntryMetadataSymbol,
        toString() {
          return str;
        }
      };
    }
    exports2.baggageEntryMetadataFromString = baggageEntryMetadataFromString;
    exports2.createBaggage = createBaggage;
  }
});

// node_modules/@opentelemetry/api/dist/context/context.cjs
var require_context = __commonJS({
  "node_modules/@opentelemetry/api/dist/context/context.cjs"(exports2) {
    function createContextKey(description) {
      return Symbol.for(description);
    }
    var ROOT_CONTEXT = new class BaseContext {
      /**
      * Construct a new context which inherits values from an optional parent context.
      *
      * @param parentContext a context from which to inherit values
      */
      constructor(parentContext) {
        const self2 = this;
        self2._currentContext = parentContext ? new Map(parentContext) : /* @__PURE__ */ new Map();
        self2.getValue = (key) => self2._currentContext.get(key);
        self2.setValue = (key, value) => {
          const context = new BaseContext(self2._currentContext);
          context._currentContext.set(key, value);
          return context;
        };
        self2.deleteValue = (key) => {
          const context = new BaseContext(self2._currentContext);
          context._currentContext.delete(key);
          return context;
        };
      }
    }();
    exports2.ROOT_CONTEXT = ROOT_CONTEXT;
    exports2.createContextKey = createContextKey;
  }
});

// node_modules/@opentelemetry/api/dist/diag/consoleLogger.cjs
var require_consoleLogger = __commonJS({
  "node_modules/@opentelemetry/api/dist/diag/consoleLogger.cjs"(exports2) {
    var consoleMap = [
      {
        n: "error",
        c: "error"
      },
      {
        n: "warn",
        c: "warn"
      },
      {
        n: "info",
        c: "info"
      },
      {
        n: "debug",
        c: "debug"
      },
      {
        n: "verbose",
        c: "trace"
      }
    ];
    var _originalConsoleMethods = {};
    if (typeof console !== "undefined") {
      for (const key of [
        "error",
        "warn",
        "info",
        "debug",
        "trace",
        "log"
      ]) if (typeof console[key] === "function") _originalConsoleMethods[key] = console[key];
    }
    var DiagConsoleLogger = class {
      constructor() {
        function _consoleFunc(funcName) {
          return function(...args) {
            let theFunc = _originalConsoleMethods[funcName];
            if (typeof theFunc !== "function") theFunc = _originalConsoleMethods["log"];
            if (typeof theFunc !== "function" && console) {
              theFunc = console[funcName];
              if (typeof theFunc !== "function") theFunc = console.log;
            }
            if (typeof theFunc === "function") return theFunc.apply(console, args);
          };
        }
        for (let i = 0; i < consoleMap.length; i++) this[consoleMap[i].n] = _consoleFunc(consoleMap[i].c);
      }
    };
    exports2.DiagConsoleLogger = DiagConsoleLogger;
    exports2._originalConsoleMethods = _originalConsoleMethods;
  }
});

// node_modules/@opentelemetry/api/dist/metrics/NoopMeter.cjs
var require_NoopMeter = __commonJS({
  "node_modules/@opentelemetry/api/dist/metrics/NoopMeter.cjs"(exports2) {
    var NoopMeter = class {
      constructor() {
      }
      /**
      * @see {@link Meter.createGauge}
      */
      createGauge(_name, _options) {
        return NOOP_GAUGE_METRIC;
      }
      /**
      * @see {@link Meter.createHistogram}
      */
      createHistogram(_name, _options) {
        return NOOP_HISTOGRAM_METRIC;
      }
      /**
      * @see {@link Meter.createCounter}
      */
      createCounter(_name, _options) {
        return NOOP_COUNTER_METRIC;
      }
      /**
      * @see {@link Meter.createUpDownCounter}
      */
      createUpDownCounter(_name, _options) {
        return NOOP_UP_DOWN_COUNTER_METRIC;
      }
      /**
      * @see {@link Meter.createObservableGauge}
      */
      createObservableGauge(_name, _options) {
        return NOOP_OBSERVABLE_GAUGE_METRIC;
      }
      /**
      * @see {@link Meter.createObservableCounter}
      */
      createObservableCounter(_name, _options) {
        return NOOP_OBSERVABLE_COUNTER_METRIC;
      }
      /**
      * @see {@link Meter.createObservableUpDownCounter}
      */
      createObservableUpDownCounter(_name, _options) {
        return NOOP_OBSERVABLE_UP_DOWN_COUNTER_METRIC;
      }
      /**
      * @see {@link Meter.addBatchObservableCallback}
      */
      addBatchObservableCallback(_callback, _observables) {
      }
      /**
      * @see {@link Meter.removeBatchObservableCallback}
      */
      removeBatchObservableCallback(_callback) {
      }
    };
    var NoopMetric = class {
    };
    var NoopCounterMetric = class extends NoopMetric {
      add(_value, _attributes) {
      }
    };
    var NoopUpDownCounterMetric = class extends NoopMetric {
      add(_value, _attributes) {
      }
    };
    var NoopGaugeMetric = class extends NoopMetric {
      record(_value, _attributes) {
      }
    };
    var NoopHistogramMetric = class extends NoopMetric {
      record(_value, _attributes) {
      }
    };
    var NoopObservableMetric = class {
      addCallback(_callback) {
      }
      removeCallback(_callback) {
      }
    };
    var NoopObservableCounterMetric = class extends NoopObservableMetric {
    };
    var NoopObservableGaugeMetric = class extends NoopObservableMetric {
    };
    var NoopObservableUpDownCounterMetric = class extends NoopObservableMetric {
    };
    var NOOP_METER = new NoopMeter();
    var NOOP_COUNTER_METRIC = new NoopCounterMetric();
    var NOOP_GAUGE_METRIC = new NoopGaugeMetric();
    var NOOP_HISTOGRAM_METRIC = new NoopHistogramMetric();
    var NOOP_UP_DOWN_COUNTER_METRIC = new NoopUpDownCounterMetric();
    var NOOP_OBSERVABLE_COUNTER_METRIC = new NoopObservableCounterMetric();
    var NOOP_OBSERVABLE_GAUGE_METRIC = new NoopObservableGaugeMetric();
    var NOOP_OBSERVABLE_UP_DOWN_COUNTER_METRIC = new NoopObservableUpDownCounterMetric();
    function createNoopMeter() {
      return NOOP_METER;
    }
    exports2.NOOP_COUNTER_METRIC = NOOP_COUNTER_METRIC;
    exports2.NOOP_GAUGE_METRIC = NOOP_GAUGE_METRIC;
    exports2.NOOP_HISTOGRAM_METRIC = NOOP_HISTOGRAM_METRIC;
    exports2.NOOP_METER = NOOP_METER;
    exports2.NOOP_OBSERVABLE_COUNTER_METRIC = NOOP_OBSERVABLE_COUNTER_METRIC;
    exports2.NOOP_OBSERVABLE_GAUGE_METRIC = NOOP_OBSERVABLE_GAUGE_METRIC;
    exports2.NOOP_OBSERVABLE_UP_DOWN_COUNTER_METRIC = NOOP_OBSERVABLE_UP_DOWN_COUNTER_METRIC;
    exports2.NOOP_UP_DOWN_COUNTER_METRIC = NOOP_UP_DOWN_COUNTER_METRIC;
    exports2.NoopCounterMetric = NoopCounterMetric;
    exports2.NoopGaugeMetric = NoopGaugeMetric;
    exports2.NoopHistogramMetric = NoopHistogramMetric;
    exports2.NoopMeter = NoopMeter;
    exports2.NoopMetric = NoopMetric;
    exports2.NoopObservableCounterMetric = NoopObservableCounterMetric;
    exports2.NoopObservableGaugeMetric = NoopObservableGaugeMetric;
    exports2.NoopObservableMetric = NoopObservableMetric;
    exports2.NoopObservableUpDownCounterMetric = NoopObservableUpDownCounterMetric;
    exports2.NoopUpDownCounterMetric = NoopUpDownCounterMetric;
    exports2.createNoopMeter = createNoopMeter;
  }
});

// node_modules/@opentelemetry/api/dist/metrics/Metric.cjs
var require_Metric = __commonJS({
  "node_modules/@opentelemetry/api/dist/metrics/Metric.cjs"(exports2) {
    var ValueType = /* @__PURE__ */ (function(ValueType2) {
      ValueType2[ValueType2["INT"] = 0] = "INT";
      ValueType2[ValueType2["DOUBLE"] = 1] = "DOUBLE";
      return ValueType2;
    })({});
    exports2.ValueType = ValueType;
  }
});

// node_modules/@opentelemetry/api/dist/logs/NoopLogger.cjs
var require_NoopLogger = __commonJS({
  "node_modules/@opentelemetry/api/dist/logs/NoopLogger.cjs"(exports2) {
    var NoopLogger = class {
      emit(_logRecord) {
      }
      enabled() {
        return false;
      }
    };
    var NOOP_LOGGER = new NoopLogger();
    function createNoopLogger() {
      return NOOP_LOGGER;
    }
    exports2.NOOP_LOGGER = NOOP_LOGGER;
    exports2.NoopLogger = NoopLogger;
    exports2.createNoopLogger = createNoopLogger;
  }
});

// node_modules/@opentelemetry/api/dist/logs/LogRecord.cjs
var require_LogRecord = __commonJS({
  "node_modules/@opentelemetry/api/dist/logs/LogRecord.cjs"(exports2) {
    var SeverityNumber = /* @__PURE__ */ (function(SeverityNumber2) {
      SeverityNumber2[SeverityNumber2["UNSPECIFIED"] = 0] = "UNSPECIFIED";
      SeverityNumber2[SeverityNumber2["TRACE"] = 1] = "TRACE";
      SeverityNumber2[SeverityNumber2["TRACE2"] = 2] = "TRACE2";
      SeverityNumber2[SeverityNumber2["TRACE3"] = 3] = "TRACE3";
      SeverityNumber2[SeverityNumber2["TRACE4"] = 4] = "TRACE4";
      SeverityNumber2[SeverityNumber2["DEBUG"] = 5] = "DEBUG";
      SeverityNumber2[SeverityNumber2["DEBUG2"] = 6] = "DEBUG2";
      SeverityNumber2[SeverityNumber2["DEBUG3"] = 7] = "DEBUG3";
      SeverityNumber2[SeverityNumber2["DEBUG4"] = 8] = "DEBUG4";
      SeverityNumber2[SeverityNumber2["INFO"] = 9] = "INFO";
      SeverityNumber2[SeverityNumber2["INFO2"] = 10] = "INFO2";
      SeverityNumber2[SeverityNumber2["INFO3"] = 11] = "INFO3";
      SeverityNumber2[SeverityNumber2["INFO4"] = 12] = "INFO4";
      SeverityNumber2[SeverityNumber2["WARN"] = 13] = "WARN";
      SeverityNumber2[SeverityNumber2["WARN2"] = 14] = "WARN2";
      SeverityNumber2[SeverityNumber2["WARN3"] = 15] = "WARN3";
      SeverityNumber2[SeverityNumber2["WARN4"] = 16] = "WARN4";
      SeverityNumber2[SeverityNumber2["ERROR"] = 17] = "ERROR";
      SeverityNumber2[SeverityNumber2["ERROR2"] = 18] = "ERROR2";
      SeverityNumber2[SeverityNumber2["ERROR3"] = 19] = "ERROR3";
      SeverityNumber2[SeverityNumber2["ERROR4"] = 20] = "ERROR4";
      SeverityNumber2[SeverityNumber2["FATAL"] = 21] = "FATAL";
      SeverityNumber2[SeverityNumber2["FATAL2"] = 22] = "FATAL2";
      SeverityNumber2[SeverityNumber2["FATAL3"] = 23] = "FATAL3";
      SeverityNumber2[SeverityNumber2["FATAL4"] = 24] = "FATAL4";
      return SeverityNumber2;
    })({});
    exports2.SeverityNumber = SeverityNumber;
  }
});

// node_modules/@opentelemetry/api/dist/propagation/TextMapPropagator.cjs
var require_TextMapPropagator = __commonJS({
  "node_modules/@opentelemetry/api/dist/propagation/TextMapPropagator.cjs"(exports2) {
    var defaultTextMapGetter = {
      get(carrier, key) {
        if (carrier == null) return;
        return carrier[key];
      },
      keys(carrier) {
        if (carrier == null) return [];
        return Object.keys(carrier);
      }
    };
    var defaultTextMapSetter = { set(carrier, key, value) {
      if (carrier == null) return;
      carrier[key] = value;
    } };
    exports2.defaultTextMapGetter = defaultTextMapGetter;
    exports2.defaultTextMapSetter = defaultTextMapSetter;
  }
});

// node_modules/@opentelemetry/api/dist/trace/trace_flags.cjs
var require_trace_flags = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/trace_flags.cjs"(exports2) {
    var TraceFlags = /* @__PURE__ */ (function(TraceFlags2) {
      TraceFlags2[TraceFlags2["NONE"] = 0] = "NONE";
      TraceFlags2[TraceFlags2["SAMPLED"] = 1] = "SAMPLED";
      return TraceFlags2;
    })({});
    exports2.TraceFlags = TraceFlags;
  }
});

// node_modules/@opentelemetry/api/dist/trace/invalid-span-constants.cjs
var require_invalid_span_constants = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/invalid-span-constants.cjs"(exports2) {
    require_trace_flags();
    var INVALID_SPANID = "0000000000000000";
    var INVALID_TRACEID = "00000000000000000000000000000000";
    var INVALID_SPAN_CONTEXT = {
      traceId: INVALID_TRACEID,
      spanId: INVALID_SPANID,
      traceFlags: 0
    };
    exports2.INVALID_SPANID = INVALID_SPANID;
    exports2.INVALID_SPAN_CONTEXT = INVALID_SPAN_CONTEXT;
    exports2.INVALID_TRACEID = INVALID_TRACEID;
  }
});

// node_modules/@opentelemetry/api/dist/trace/NonRecordingSpan.cjs
var require_NonRecordingSpan = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/NonRecordingSpan.cjs"(exports2) {
    var require_invalid_span_constants2 = require_invalid_span_constants();
    var NonRecordingSpan = class {
      constructor(spanContext = require_invalid_span_constants2.INVALID_SPAN_CONTEXT) {
        this._spanContext = spanContext;
      }
      spanContext() {
        return this._spanContext;
      }
      setAttribute(_key, _value) {
        return this;
      }
      setAttributes(_attributes) {
        return this;
      }
      addEvent(_name, _attributes) {
        return this;
      }
      addLink(_link) {
        return this;
      }
      addLinks(_links) {
        return this;
      }
      setStatus(_status) {
        return this;
      }
      updateName(_name) {
        return this;
      }
      end(_endTime) {
      }
      isRecording() {
        return false;
      }
      recordException(_exception, _time) {
      }
    };
    exports2.NonRecordingSpan = NonRecordingSpan;
  }
});

// node_modules/@opentelemetry/api/dist/trace/spancontext-utils.cjs
var require_spancontext_utils = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/spancontext-utils.cjs"(exports2) {
    require_invalid_span_constants();
    var require_NonRecordingSpan2 = require_NonRecordingSpan();
    var isHex = new Uint8Array([
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      1,
      1,
      1,
      1,
      1,
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      1,
      1,
      1,
      1,
      1,
      1
    ]);
    function isValidHex(id, length) {
      if (typeof id !== "string" || id.length !== length) return false;
      let r = 0;
      for (let i = 0; i < id.length; i += 4) r += (isHex[id.charCodeAt(i)] | 0) + (isHex[id.charCodeAt(i + 1)] | 0) + (isHex[id.charCodeAt(i + 2)] | 0) + (isHex[id.charCodeAt(i + 3)] | 0);
      return r === length;
    }
    function isValidTraceId(traceId) {
      return isValidHex(traceId, 32) && traceId !== "00000000000000000000000000000000";
    }
    function isValidSpanId(spanId) {
      return isValidHex(spanId, 16) && spanId !== "0000000000000000";
    }
    function isSpanContextValid(spanContext) {
      return isValidTraceId(spanContext.traceId) && isValidSpanId(spanContext.spanId);
    }
    function wrapSpanContext(spanContext) {
      return new require_NonRecordingSpan2.NonRecordingSpan(spanContext);
    }
    exports2.isSpanContextValid = isSpanContextValid;
    exports2.isValidSpanId = isValidSpanId;
    exports2.isValidTraceId = isValidTraceId;
    exports2.wrapSpanContext = wrapSpanContext;
  }
});

// node_modules/@opentelemetry/api/dist/context/NoopContextManager.cjs
var require_NoopContextManager = __commonJS({
  "node_modules/@opentelemetry/api/dist/context/NoopContextManager.cjs"(exports2) {
    var require_context3 = require_context();
    var NoopContextManager = class {
      active() {
        return require_context3.ROOT_CONTEXT;
      }
      with(_context, fn, thisArg, ...args) {
        return fn.call(thisArg, ...args);
      }
      bind(_context, target) {
        return target;
      }
      enable() {
        return this;
      }
      disable() {
        return this;
      }
      /** @experimental This API is experimental and may change in minor releases without prior notice. */
      attach(_context) {
        return { dispose() {
        } };
      }
    };
    exports2.NoopContextManager = NoopContextManager;
  }
});

// node_modules/@opentelemetry/api/dist/api/context.cjs
var require_context2 = __commonJS({
  "node_modules/@opentelemetry/api/dist/api/context.cjs"(exports2) {
    var require_global_utils2 = require_global_utils();
    var require_diag2 = require_diag();
    var require_NoopContextManager2 = require_NoopContextManager();
    var API_NAME = "context";
    var NOOP_CONTEXT_MANAGER = new require_NoopContextManager2.NoopContextManager();
    var NOOP_TOKEN = Object.freeze({ dispose: () => {
    } });
    var ContextAPI = class ContextAPI2 {
      /** Empty private constructor prevents end users from constructing a new instance of the API */
      constructor() {
        this._attachUnsupportedWarned = false;
      }
      /** Get the singleton instance of the Context API */
      static getInstance() {
        if (!this._instance) this._instance = new ContextAPI2();
        return this._instance;
      }
      /**
      * Set the current context manager.
      *
      * @returns true if the context manager was successfully registered, else false
      */
      setGlobalContextManager(contextManager) {
        return require_global_utils2.registerGlobal(API_NAME, contextManager, require_diag2.DiagAPI.instance());
      }
      /**
      * Get the currently active context
      */
      active() {
        return this._getContextManager().active();
      }
      /**
      * Execute a function with an active context
      *
      * @param context context to be active during function execution
      * @param fn function to execute in a context
      * @param thisArg optional receiver to be used for calling fn
      * @param args optional arguments forwarded to fn
      */
      with(context, fn, thisArg, ...args) {
        return this._getContextManager().with(context, fn, thisArg, ...args);
      }
      /**
      * Bind a context to a target function or event emitter
      *
      * @param context context to bind to the event emitter or function. Defaults to the currently active context
      * @param target function or event emitter to bind
      */
      bind(context, target) {
        return this._getContextManager().bind(context, target);
      }
      /**
      * Imperatively sets `context` as active, returning a {@link ContextManagementToken} whose
      * {@link ContextManagementToken.dispose} restores the previous context.
      *
      * This is a delicate, low-level API - prefer {@link with}/{@link bind}, which
      * restore context automatically. Use `attach` only to bridge callback
      * boundaries that `with` cannot wrap. Call `token.dispose()` when the
      * operation is done.
      *
      * **Caveat for async functions:** If called inside an async function before
      * the first `await`, the context change may leak into the caller's context
      * and remain active there. Prefer {@link with} for async code.
      *
      * Support is best-effort and varies by the active ContextManager (see
      * {@link ContextManager.attach}); if it does not implement `attach`, this logs
      * a warning and returns a no-op token.
      *
      * @param context The Context to attach
      * @returns A {@link ContextManagementToken} whose dispose() restores the previous Context
      * @since 1.10.0
      * @experimental This API is experimental and may change in minor releases without prior notice.
      */
      attach(context) {
        const contextManager = this._getContextManager();
        if (contextManager.attach) return contextManager.attach(context);
        if (!this._attachUnsupportedWarned) {
          this._attachUnsupportedWarned = true;
          require_diag2.DiagAPI.instance().warn("The current ContextManager does not implement attach(). The context will not be attached. Use a ContextManager that supports attach() (e.g. AsyncLocalStorageContextManager) or use with()/bind() instead.");
        }
        return NOOP_TOKEN;
      }
      _getContextManager() {
        return require_global_utils2.getGlobal(API_NAME) || NOOP_CONTEXT_MANAGER;
      }
      /** Disable and remove the global context manager */
      disable() {
        this._getContextManager().disable();
        require_global_utils2.unregisterGlobal(API_NAME, require_diag2.DiagAPI.instance());
      }
    };
    exports2.ContextAPI = ContextAPI;
  }
});

// node_modules/@opentelemetry/api/dist/trace/context-utils.cjs
var require_context_utils = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/context-utils.cjs"(exports2) {
    var require_context3 = require_context();
    var require_context$1 = require_context2();
    var require_NonRecordingSpan2 = require_NonRecordingSpan();
    var SPAN_KEY = require_context3.createContextKey("OpenTelemetry Context Key SPAN");
    function getSpan(context) {
      return context.getValue(SPAN_KEY) || void 0;
    }
    function getActiveSpan() {
      return getSpan(require_context$1.ContextAPI.getInstance().active());
    }
    function setSpan(context, span) {
      return context.setValue(SPAN_KEY, span);
    }
    function deleteSpan(context) {
      return context.deleteValue(SPAN_KEY);
    }
    function setSpanContext(context, spanContext) {
      return setSpan(context, new require_NonRecordingSpan2.NonRecordingSpan(spanContext));
    }
    function getSpanContext(context) {
      var _getSpan;
      return (_getSpan = getSpan(context)) === null || _getSpan === void 0 ? void 0 : _getSpan.spanContext();
    }
    exports2.deleteSpan = deleteSpan;
    exports2.getActiveSpan = getActiveSpan;
    exports2.getSpan = getSpan;
    exports2.getSpanContext = getSpanContext;
    exports2.setSpan = setSpan;
    exports2.setSpanContext = setSpanContext;
  }
});

// node_modules/@opentelemetry/api/dist/trace/NoopTracer.cjs
var require_NoopTracer = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/NoopTracer.cjs"(exports2) {
    var require_context3 = require_context2();
    var require_NonRecordingSpan2 = require_NonRecordingSpan();
    var require_context_utils2 = require_context_utils();
    var require_spancontext_utils2 = require_spancontext_utils();
    var contextApi = require_context3.ContextAPI.getInstance();
    var NoopTracer = class {
      startSpan(name, options, context = contextApi.active()) {
        if (Boolean(options === null || options === void 0 ? void 0 : options.root)) return new require_NonRecordingSpan2.NonRecordingSpan();
        const parentFromContext = context && require_context_utils2.getSpanContext(context);
        if (isSpanContext(parentFromContext) && require_spancontext_utils2.isSpanContextValid(parentFromContext)) return new require_NonRecordingSpan2.NonRecordingSpan(parentFromContext);
        else return new require_NonRecordingSpan2.NonRecordingSpan();
      }
      startActiveSpan(name, arg2, arg3, arg4) {
        var _ctx;
        let opts;
        let ctx;
        let fn;
        if (arguments.length < 2) return;
        else if (arguments.length === 2) fn = arg2;
        else if (arguments.length === 3) {
          opts = arg2;
          fn = arg3;
        } else {
          opts = arg2;
          ctx = arg3;
          fn = arg4;
        }
        const parentContext = (_ctx = ctx) !== null && _ctx !== void 0 ? _ctx : contextApi.active();
        const span = this.startSpan(name, opts, parentContext);
        const contextWithSpanSet = require_context_utils2.setSpan(parentContext, span);
        return contextApi.with(contextWithSpanSet, fn, void 0, span);
      }
    };
    function isSpanContext(spanContext) {
      return spanContext !== null && typeof spanContext === "object" && "spanId" in spanContext && typeof spanContext["spanId"] === "string" && "traceId" in spanContext && typeof spanContext["traceId"] === "string" && "traceFlags" in spanContext && typeof spanContext["traceFlags"] === "number";
    }
    exports2.NoopTracer = NoopTracer;
  }
});

// node_modules/@opentelemetry/api/dist/trace/ProxyTracer.cjs
var require_ProxyTracer = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/ProxyTracer.cjs"(exports2) {
    var NOOP_TRACER = new (require_NoopTracer()).NoopTracer();
    var ProxyTracer = class {
      constructor(provider, name, version2, options) {
        this._provider = provider;
        this.name = name;
        this.version = version2;
        this.options = options;
      }
      startSpan(name, options, context) {
        return this._getTracer().startSpan(name, options, context);
      }
      startActiveSpan(_name, _options, _context, _fn) {
        const tracer = this._getTracer();
        return Reflect.apply(tracer.startActiveSpan, tracer, arguments);
      }
      /**
      * Try to get a tracer from the proxy tracer provider.
      * If the proxy tracer provider has no delegate, return a noop tracer.
      */
      _getTracer() {
        if (this._delegate) return this._delegate;
        const tracer = this._provider.getDelegateTracer(this.name, this.version, this.options);
        if (!tracer) return NOOP_TRACER;
        this._delegate = tracer;
        return this._delegate;
      }
    };
    exports2.ProxyTracer = ProxyTracer;
  }
});

// node_modules/@opentelemetry/api/dist/trace/span_kind.cjs
var require_span_kind = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/span_kind.cjs"(exports2) {
    var SpanKind = /* @__PURE__ */ (function(SpanKind2) {
      SpanKind2[SpanKind2["INTERNAL"] = 0] = "INTERNAL";
      SpanKind2[SpanKind2["SERVER"] = 1] = "SERVER";
      SpanKind2[SpanKind2["CLIENT"] = 2] = "CLIENT";
      SpanKind2[SpanKind2["PRODUCER"] = 3] = "PRODUCER";
      SpanKind2[SpanKind2["CONSUMER"] = 4] = "CONSUMER";
      return SpanKind2;
    })({});
    exports2.SpanKind = SpanKind;
  }
});

// node_modules/@opentelemetry/api/dist/trace/status.cjs
var require_status = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/status.cjs"(exports2) {
    var SpanStatusCode = /* @__PURE__ */ (function(SpanStatusCode2) {
      SpanStatusCode2[SpanStatusCode2["UNSET"] = 0] = "UNSET";
      SpanStatusCode2[SpanStatusCode2["OK"] = 1] = "OK";
      SpanStatusCode2[SpanStatusCode2["ERROR"] = 2] = "ERROR";
      return SpanStatusCode2;
    })({});
    exports2.SpanStatusCode = SpanStatusCode;
  }
});

// node_modules/@opentelemetry/api/dist/trace/internal/tracestate-validators.cjs
var require_tracestate_validators = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/internal/tracestate-validators.cjs"(exports2) {
    var VALID_KEY_CHAR_RANGE = "[_0-9a-z-*/]";
    var VALID_KEY_REGEX = new RegExp(`^(?:${`[a-z]${VALID_KEY_CHAR_RANGE}{0,255}`}|${`[a-z0-9]${VALID_KEY_CHAR_RANGE}{0,240}@[a-z]${VALID_KEY_CHAR_RANGE}{0,13}`})$`);
    var VALID_VALUE_BASE_REGEX = /^[ -~]{0,255}[!-~]$/;
    var INVALID_VALUE_COMMA_EQUAL_REGEX = /,|=/;
    function validateKey(key) {
      return VALID_KEY_REGEX.test(key);
    }
    function validateValue(value) {
      return VALID_VALUE_BASE_REGEX.test(value) && !INVALID_VALUE_COMMA_EQUAL_REGEX.test(value);
    }
    exports2.validateKey = validateKey;
    exports2.validateValue = validateValue;
  }
});

// node_modules/@opentelemetry/api/dist/trace/internal/tracestate-impl.cjs
var require_tracestate_impl = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/internal/tracestate-impl.cjs"(exports2) {
    var require_tracestate_validators2 = require_tracestate_validators();
    var MAX_TRACE_STATE_ITEMS = 32;
    var MAX_TRACE_STATE_LEN = 512;
    var LIST_MEMBERS_SEPARATOR = ",";
    var LIST_MEMBER_KEY_VALUE_SPLITTER = "=";
    var TraceStateImpl = class TraceStateImpl2 {
      constructor(rawTraceState) {
        this._internalState = /* @__PURE__ */ new Map();
        if (rawTraceState) this._parse(rawTraceState);
      }
      set(key, value) {
        const currValue = this._internalState.get(key);
        let newLength = this.serialize().length;
        if (typeof currValue === "string") newLength += value.length - currValue.length;
        else {
          if (this._internalState.size >= MAX_TRACE_STATE_ITEMS) return this;
          newLength += key.length + value.length + (this._internalState.size > 0 ? 2 : 1);
        }
        if (newLength > MAX_TRACE_STATE_LEN) return this;
        const traceState = this._clone();
        if (traceState._internalState.has(key)) traceState._internalState.delete(key);
        traceState._internalState.set(key, value);
        return traceState;
      }
      unset(key) {
        const traceState = this._clone();
        traceState._internalState.delete(key);
        return traceState;
      }
      get(key) {
        return this._internalState.get(key);
      }
      serialize() {
        return Array.from(this._internalState.keys()).reduceRight((agg, key) => {
          agg.push(key + LIST_MEMBER_KEY_VALUE_SPLITTER + this.get(key));
          return agg;
        }, []).join(LIST_MEMBERS_SEPARATOR);
      }
      _parse(rawTraceState) {
        if (rawTraceState.length > MAX_TRACE_STATE_LEN) return;
        this._internalState = rawTraceState.split(LIST_MEMBERS_SEPARATOR).reduceRight((agg, part) => {
          const listMember = part.trim();
          const i = listMember.indexOf(LIST_MEMBER_KEY_VALUE_SPLITTER);
          if (i !== -1) {
            const key = listMember.slice(0, i);
            const value = listMember.slice(i + 1, part.length);
            if (require_tracestate_validators2.validateKey(key) && require_tracestate_validators2.validateValue(value)) agg.set(key, value);
          }
          return agg;
        }, /* @__PURE__ */ new Map());
        if (this._internalState.size > MAX_TRACE_STATE_ITEMS) this._internalState = new Map(Array.from(this._internalState.entries()).reverse().slice(0, MAX_TRACE_STATE_ITEMS));
      }
      _keys() {
        return Array.from(this._internalState.keys()).reverse();
      }
      _clone() {
        const traceState = new TraceStateImpl2();
        traceState._internalState = new Map(this._internalState);
        return traceState;
      }
    };
    exports2.TraceStateImpl = TraceStateImpl;
  }
});

// node_modules/@opentelemetry/api/dist/trace/internal/utils.cjs
var require_utils2 = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/internal/utils.cjs"(exports2) {
    var require_tracestate_impl2 = require_tracestate_impl();
    function createTraceState(rawTraceState) {
      return new require_tracestate_impl2.TraceStateImpl(rawTraceState);
    }
    exports2.createTraceState = createTraceState;
  }
});

// node_modules/@opentelemetry/api/dist/trace/NoopTracerProvider.cjs
var require_NoopTracerProvider = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/NoopTracerProvider.cjs"(exports2) {
    var require_NoopTracer2 = require_NoopTracer();
    var NoopTracerProvider = class {
      getTracer(_name, _version, _options) {
        return new require_NoopTracer2.NoopTracer();
      }
    };
    exports2.NoopTracerProvider = NoopTracerProvider;
  }
});

// node_modules/@opentelemetry/api/dist/trace/ProxyTracerProvider.cjs
var require_ProxyTracerProvider = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/ProxyTracerProvider.cjs"(exports2) {
    var require_ProxyTracer2 = require_ProxyTracer();
    var NOOP_TRACER_PROVIDER = new (require_NoopTracerProvider()).NoopTracerProvider();
    var ProxyTracerProvider = class {
      /**
      * Get a {@link ProxyTracer}
      */
      getTracer(name, version2, options) {
        var _this$getDelegateTrac;
        return (_this$getDelegateTrac = this.getDelegateTracer(name, version2, options)) !== null && _this$getDelegateTrac !== void 0 ? _this$getDelegateTrac : new require_ProxyTracer2.ProxyTracer(this, name, version2, options);
      }
      getDelegate() {
        var _this$_delegate;
        return (_this$_delegate = this._delegate) !== null && _this$_delegate !== void 0 ? _this$_delegate : NOOP_TRACER_PROVIDER;
      }
      /**
      * Set the delegate tracer provider
      */
      setDelegate(delegate) {
        this._delegate = delegate;
      }
      getDelegateTracer(name, version2, options) {
        var _this$_delegate2;
        return (_this$_delegate2 = this._delegate) === null || _this$_delegate2 === void 0 ? void 0 : _this$_delegate2.getTracer(name, version2, options);
      }
    };
    exports2.ProxyTracerProvider = ProxyTracerProvider;
  }
});

// node_modules/@opentelemetry/api/dist/trace/SamplingResult.cjs
var require_SamplingResult = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace/SamplingResult.cjs"(exports2) {
    var SamplingDecision = /* @__PURE__ */ (function(SamplingDecision2) {
      SamplingDecision2[SamplingDecision2["NOT_RECORD"] = 0] = "NOT_RECORD";
      SamplingDecision2[SamplingDecision2["RECORD"] = 1] = "RECORD";
      SamplingDecision2[SamplingDecision2["RECORD_AND_SAMPLED"] = 2] = "RECORD_AND_SAMPLED";
      return SamplingDecision2;
    })({});
    exports2.SamplingDecision = SamplingDecision;
  }
});

// node_modules/@opentelemetry/api/dist/context-api.cjs
var require_context_api = __commonJS({
  "node_modules/@opentelemetry/api/dist/context-api.cjs"(exports2) {
    var context = require_context2().ContextAPI.getInstance();
    exports2.context = context;
  }
});

// node_modules/@opentelemetry/api/dist/diag-api.cjs
var require_diag_api = __commonJS({
  "node_modules/@opentelemetry/api/dist/diag-api.cjs"(exports2) {
    var diag = require_diag().DiagAPI.instance();
    exports2.diag = diag;
  }
});

// node_modules/@opentelemetry/api/dist/logs/NoopLoggerProvider.cjs
var require_NoopLoggerProvider = __commonJS({
  "node_modules/@opentelemetry/api/dist/logs/NoopLoggerProvider.cjs"(exports2) {
    var require_NoopLogger2 = require_NoopLogger();
    var NoopLoggerProvider = class {
      getLogger(_name, _version, _options) {
        return new require_NoopLogger2.NoopLogger();
      }
    };
    var NOOP_LOGGER_PROVIDER = new NoopLoggerProvider();
    exports2.NOOP_LOGGER_PROVIDER = NOOP_LOGGER_PROVIDER;
    exports2.NoopLoggerProvider = NoopLoggerProvider;
  }
});

// node_modules/@opentelemetry/api/dist/logs/ProxyLogger.cjs
var require_ProxyLogger = __commonJS({
  "node_modules/@opentelemetry/api/dist/logs/ProxyLogger.cjs"(exports2) {
    var require_NoopLogger2 = require_NoopLogger();
    var ProxyLogger = class {
      constructor(provider, name, version2, options) {
        this._provider = provider;
        this.name = name;
        this.version = version2;
        this.options = options;
      }
      /**
      * Emit a log record. This method should only be used by log appenders.
      *
      * @param logRecord
      */
      emit(logRecord) {
        this._getLogger().emit(logRecord);
      }
      enabled(options) {
        return this._getLogger().enabled(options);
      }
      /**
      * Try to get a logger from the proxy logger provider.
      * If the proxy logger provider has no delegate, return a noop logger.
      */
      _getLogger() {
        if (this._delegate) return this._delegate;
        const logger = this._provider._getDelegateLogger(this.name, this.version, this.options);
        if (!logger) return require_NoopLogger2.NOOP_LOGGER;
        this._delegate = logger;
        return this._delegate;
      }
    };
    exports2.ProxyLogger = ProxyLogger;
  }
});

// node_modules/@opentelemetry/api/dist/logs/ProxyLoggerProvider.cjs
var require_ProxyLoggerProvider = __commonJS({
  "node_modules/@opentelemetry/api/dist/logs/ProxyLoggerProvider.cjs"(exports2) {
    var require_NoopLoggerProvider2 = require_NoopLoggerProvider();
    var require_ProxyLogger2 = require_ProxyLogger();
    var ProxyLoggerProvider = class {
      getLogger(name, version2, options) {
        var _this$_getDelegateLog;
        return (_this$_getDelegateLog = this._getDelegateLogger(name, version2, options)) !== null && _this$_getDelegateLog !== void 0 ? _this$_getDelegateLog : new require_ProxyLogger2.ProxyLogger(this, name, version2, options);
      }
      /**
      * Get the delegate logger provider.
      * Used by tests only.
      * @internal
      */
      _getDelegate() {
        var _this$_delegate;
        return (_this$_delegate = this._delegate) !== null && _this$_delegate !== void 0 ? _this$_delegate : require_NoopLoggerProvider2.NOOP_LOGGER_PROVIDER;
      }
      /**
      * Set the delegate logger provider
      * @internal
      */
      _setDelegate(delegate) {
        this._delegate = delegate;
      }
      /**
      * @internal
      */
      _getDelegateLogger(name, version2, options) {
        var _this$_delegate2;
        return (_this$_delegate2 = this._delegate) === null || _this$_delegate2 === void 0 ? void 0 : _this$_delegate2.getLogger(name, version2, options);
      }
    };
    exports2.ProxyLoggerProvider = ProxyLoggerProvider;
  }
});

// node_modules/@opentelemetry/api/dist/api/logs.cjs
var require_logs = __commonJS({
  "node_modules/@opentelemetry/api/dist/api/logs.cjs"(exports2) {
    var require_global_utils2 = require_global_utils();
    var require_diag2 = require_diag();
    var require_ProxyLoggerProvider2 = require_ProxyLoggerProvider();
    var API_NAME = "logs";
    var LogsAPI = class LogsAPI2 {
      /** Empty private constructor prevents end users from constructing a new instance of the API */
      constructor() {
        this._proxyLoggerProvider = new require_ProxyLoggerProvider2.ProxyLoggerProvider();
      }
      /** Get the singleton instance of the Logs API */
      static getInstance() {
        if (!this._instance) this._instance = new LogsAPI2();
        return this._instance;
      }
      setGlobalLoggerProvider(provider) {
        const success = require_global_utils2.registerGlobal(API_NAME, provider, require_diag2.DiagAPI.instance());
        if (success) this._proxyLoggerProvider._setDelegate(provider);
        return success;
      }
      /**
      * Returns the global logger provider.
      *
      * @returns LoggerProvider
      */
      getLoggerProvider() {
        return require_global_utils2.getGlobal(API_NAME) || this._proxyLoggerProvider;
      }
      /**
      * Returns a Logger, creating one if one with the given name, version,
      * schemaUrl, and attributes is not already created.
      *
      * Getting a Logger may be expensive, especially when `attributes` are
      * provided. Reuse Logger instances where possible instead of calling
      * `getLogger()` on hot paths.
      *
      * @param name The name of the logger or instrumentation library.
      * @param version The version of the logger or instrumentation library.
      * @param options The options of the logger or instrumentation library.
      * @returns {@link Logger}
      */
      getLogger(name, version2, options) {
        return this.getLoggerProvider().getLogger(name, version2, options);
      }
      /** Remove the global logger provider */
      disable() {
        require_global_utils2.unregisterGlobal(API_NAME, require_diag2.DiagAPI.instance());
        this._proxyLoggerProvider = new require_ProxyLoggerProvider2.ProxyLoggerProvider();
      }
    };
    exports2.LogsAPI = LogsAPI;
  }
});

// node_modules/@opentelemetry/api/dist/logs-api.cjs
var require_logs_api = __commonJS({
  "node_modules/@opentelemetry/api/dist/logs-api.cjs"(exports2) {
    var logs = require_logs().LogsAPI.getInstance();
    exports2.logs = logs;
  }
});

// node_modules/@opentelemetry/api/dist/metrics/NoopMeterProvider.cjs
var require_NoopMeterProvider = __commonJS({
  "node_modules/@opentelemetry/api/dist/metrics/NoopMeterProvider.cjs"(exports2) {
    var require_NoopMeter2 = require_NoopMeter();
    var NoopMeterProvider = class {
      getMeter(_name, _version, _options) {
        return require_NoopMeter2.NOOP_METER;
      }
    };
    var NOOP_METER_PROVIDER = new NoopMeterProvider();
    exports2.NOOP_METER_PROVIDER = NOOP_METER_PROVIDER;
    exports2.NoopMeterProvider = NoopMeterProvider;
  }
});

// node_modules/@opentelemetry/api/dist/api/metrics.cjs
var require_metrics = __commonJS({
  "node_modules/@opentelemetry/api/dist/api/metrics.cjs"(exports2) {
    var require_global_utils2 = require_global_utils();
    var require_diag2 = require_diag();
    var require_NoopMeterProvider2 = require_NoopMeterProvider();
    var API_NAME = "metrics";
    var MetricsAPI = class MetricsAPI2 {
      /** Empty private constructor prevents end users from constructing a new instance of the API */
      constructor() {
      }
      /** Get the singleton instance of the Metrics API */
      static getInstance() {
        if (!this._instance) this._instance = new MetricsAPI2();
        return this._instance;
      }
      /**
      * Set the current global meter provider.
      * Returns true if the meter provider was successfully registered, else false.
      */
      setGlobalMeterProvider(provider) {
        return require_global_utils2.registerGlobal(API_NAME, provider, require_diag2.DiagAPI.instance());
      }
      /**
      * Returns the global meter provider.
      */
      getMeterProvider() {
        return require_global_utils2.getGlobal(API_NAME) || require_NoopMeterProvider2.NOOP_METER_PROVIDER;
      }
      /**
      * Returns a meter from the global meter provider.
      */
      getMeter(name, version2, options) {
        return this.getMeterProvider().getMeter(name, version2, options);
      }
      /** Remove the global meter provider */
      disable() {
        require_global_utils2.unregisterGlobal(API_NAME, require_diag2.DiagAPI.instance());
      }
    };
    exports2.MetricsAPI = MetricsAPI;
  }
});

// node_modules/@opentelemetry/api/dist/metrics-api.cjs
var require_metrics_api = __commonJS({
  "node_modules/@opentelemetry/api/dist/metrics-api.cjs"(exports2) {
    var metrics2 = require_metrics().MetricsAPI.getInstance();
    exports2.metrics = metrics2;
  }
});

// node_modules/@opentelemetry/api/dist/propagation/NoopTextMapPropagator.cjs
var require_NoopTextMapPropagator = __commonJS({
  "node_modules/@opentelemetry/api/dist/propagation/NoopTextMapPropagator.cjs"(exports2) {
    var NoopTextMapPropagator = class {
      /** Noop inject function does nothing */
      inject(_context, _carrier) {
      }
      /** Noop extract function does nothing and returns the input context */
      extract(context, _carrier) {
        return context;
      }
      fields() {
        return [];
      }
    };
    exports2.NoopTextMapPropagator = NoopTextMapPropagator;
  }
});

// node_modules/@opentelemetry/api/dist/baggage/context-helpers.cjs
var require_context_helpers = __commonJS({
  "node_modules/@opentelemetry/api/dist/baggage/context-helpers.cjs"(exports2) {
    var require_context3 = require_context();
    var require_context$1 = require_context2();
    var BAGGAGE_KEY = require_context3.createContextKey("OpenTelemetry Baggage Key");
    function getBaggage(context) {
      return context.getValue(BAGGAGE_KEY) || void 0;
    }
    function getActiveBaggage() {
      return getBaggage(require_context$1.ContextAPI.getInstance().active());
    }
    function setBaggage(context, baggage) {
      return context.setValue(BAGGAGE_KEY, baggage);
    }
    function deleteBaggage(context) {
      return context.deleteValue(BAGGAGE_KEY);
    }
    exports2.deleteBaggage = deleteBaggage;
    exports2.getActiveBaggage = getActiveBaggage;
    exports2.getBaggage = getBaggage;
    exports2.setBaggage = setBaggage;
  }
});

// node_modules/@opentelemetry/api/dist/api/propagation.cjs
var require_propagation = __commonJS({
  "node_modules/@opentelemetry/api/dist/api/propagation.cjs"(exports2) {
    var require_global_utils2 = require_global_utils();
    var require_diag2 = require_diag();
    var require_utils3 = require_utils();
    var require_TextMapPropagator2 = require_TextMapPropagator();
    var require_NoopTextMapPropagator2 = require_NoopTextMapPropagator();
    var require_context_helpers2 = require_context_helpers();
    var API_NAME = "propagation";
    var NOOP_TEXT_MAP_PROPAGATOR = new require_NoopTextMapPropagator2.NoopTextMapPropagator();
    var PropagationAPI = class PropagationAPI2 {
      /** Empty private constructor prevents end users from constructing a new instance of the API */
      constructor() {
        this.createBaggage = require_utils3.createBaggage;
        this.getBaggage = require_context_helpers2.getBaggage;
        this.getActiveBaggage = require_context_helpers2.getActiveBaggage;
        this.setBaggage = require_context_helpers2.setBaggage;
        this.deleteBaggage = require_context_helpers2.deleteBaggage;
      }
      /** Get the singleton instance of the Propagator API */
      static getInstance() {
        if (!this._instance) this._instance = new PropagationAPI2();
        return this._instance;
      }
      /**
      * Set the current propagator.
      *
      * @returns true if the propagator was successfully registered, else false
      */
      setGlobalPropagator(propagator) {
        return require_global_utils2.registerGlobal(API_NAME, propagator, require_diag2.DiagAPI.instance());
      }
      /**
      * Inject context into a carrier to be propagated inter-process
      *
      * @param context Context carrying tracing data to inject
      * @param carrier carrier to inject context into
      * @param setter Function used to set values on the carrier
      */
      inject(context, carrier, setter = require_TextMapPropagator2.defaultTextMapSetter) {
        return this._getGlobalPropagator().inject(context, carrier, setter);
      }
      /**
      * Extract context from a carrier
      *
      * @param context Context which the newly created context will inherit from
      * @param carrier Carrier to extract context from
      * @param getter Function used to extract keys from a carrier
      */
      extract(context, carrier, getter = require_TextMapPropagator2.defaultTextMapGetter) {
        return this._getGlobalPropagator().extract(context, carrier, getter);
      }
      /**
      * Return a list of all fields which may be used by the propagator.
      */
      fields() {
        return this._getGlobalPropagator().fields();
      }
      /** Remove the global propagator */
      disable() {
        require_global_utils2.unregisterGlobal(API_NAME, require_diag2.DiagAPI.instance());
      }
      _getGlobalPropagator() {
        return require_global_utils2.getGlobal(API_NAME) || NOOP_TEXT_MAP_PROPAGATOR;
      }
    };
    exports2.PropagationAPI = PropagationAPI;
  }
});

// node_modules/@opentelemetry/api/dist/propagation-api.cjs
var require_propagation_api = __commonJS({
  "node_modules/@opentelemetry/api/dist/propagation-api.cjs"(exports2) {
    var propagation = require_propagation().PropagationAPI.getInstance();
    exports2.propagation = propagation;
  }
});

// node_modules/@opentelemetry/api/dist/api/trace.cjs
var require_trace = __commonJS({
  "node_modules/@opentelemetry/api/dist/api/trace.cjs"(exports2) {
    var require_global_utils2 = require_global_utils();
    var require_diag2 = require_diag();
    var require_context_utils2 = require_context_utils();
    var require_spancontext_utils2 = require_spancontext_utils();
    var require_ProxyTracerProvider2 = require_ProxyTracerProvider();
    var API_NAME = "trace";
    var TraceAPI = class TraceAPI2 {
      /** Empty private constructor prevents end users from constructing a new instance of the API */
      constructor() {
        this._proxyTracerProvider = new require_ProxyTracerProvider2.ProxyTracerProvider();
        this.wrapSpanContext = require_spancontext_utils2.wrapSpanContext;
        this.isSpanContextValid = require_spancontext_utils2.isSpanContextValid;
        this.deleteSpan = require_context_utils2.deleteSpan;
        this.getSpan = require_context_utils2.getSpan;
        this.getActiveSpan = require_context_utils2.getActiveSpan;
        this.getSpanContext = require_context_utils2.getSpanContext;
        this.setSpan = require_context_utils2.setSpan;
        this.setSpanContext = require_context_utils2.setSpanContext;
      }
      /** Get the singleton instance of the Trace API */
      static getInstance() {
        if (!this._instance) this._instance = new TraceAPI2();
        return this._instance;
      }
      /**
      * Set the current global tracer.
      *
      * @returns true if the tracer provider was successfully registered, else false
      */
      setGlobalTracerProvider(provider) {
        const success = require_global_utils2.registerGlobal(API_NAME, this._proxyTracerProvider, require_diag2.DiagAPI.instance());
        if (success) this._proxyTracerProvider.setDelegate(provider);
        return success;
      }
      /**
      * Returns the global tracer provider.
      */
      getTracerProvider() {
        return require_global_utils2.getGlobal(API_NAME) || this._proxyTracerProvider;
      }
      /**
      * Returns a tracer from the global tracer provider.
      */
      getTracer(name, version2) {
        return this.getTracerProvider().getTracer(name, version2);
      }
      /** Remove the global tracer provider */
      disable() {
        require_global_utils2.unregisterGlobal(API_NAME, require_diag2.DiagAPI.instance());
        this._proxyTracerProvider = new require_ProxyTracerProvider2.ProxyTracerProvider();
      }
    };
    exports2.TraceAPI = TraceAPI;
  }
});

// node_modules/@opentelemetry/api/dist/trace-api.cjs
var require_trace_api = __commonJS({
  "node_modules/@opentelemetry/api/dist/trace-api.cjs"(exports2) {
    var trace = require_trace().TraceAPI.getInstance();
    exports2.trace = trace;
  }
});

// node_modules/@opentelemetry/api/dist/index.cjs
var require_dist = __commonJS({
  "node_modules/@opentelemetry/api/dist/index.cjs"(exports2) {
    Object.defineProperties(exports2, {
      __esModule: { value: true },
      [Symbol.toStringTag]: { value: "Module" }
    });
    var require_types2 = require_types();
    var require_utils3 = require_utils();
    var require_context3 = require_context();
    var require_consoleLogger2 = require_consoleLogger();
    var require_NoopMeter2 = require_NoopMeter();
    var require_Metric2 = require_Metric();
    var require_NoopLogger2 = require_NoopLogger();
    var require_LogRecord2 = require_LogRecord();
    var require_TextMapPropagator2 = require_TextMapPropagator();
    var require_trace_flags2 = require_trace_flags();
    var require_invalid_span_constants2 = require_invalid_span_constants();
    var require_spancontext_utils2 = require_spancontext_utils();
    var require_ProxyTracer2 = require_ProxyTracer();
    var require_span_kind2 = require_span_kind();
    var require_status2 = require_status();
    var require_utils$1 = require_utils2();
    var require_ProxyTracerProvider2 = require_ProxyTracerProvider();
    var require_SamplingResult2 = require_SamplingResult();
    var require_context_api2 = require_context_api();
    var require_diag_api2 = require_diag_api();
    var require_logs_api2 = require_logs_api();
    var require_metrics_api2 = require_metrics_api();
    var require_propagation_api2 = require_propagation_api();
    var require_trace_api2 = require_trace_api();
    var src_default = {
      context: require_context_api2.context,
      diag: require_diag_api2.diag,
      logs: require_logs_api2.logs,
      metrics: require_metrics_api2.metrics,
      propagation: require_propagation_api2.propagation,
      trace: require_trace_api2.trace
    };
    exports2.DiagConsoleLogger = require_consoleLogger2.DiagConsoleLogger;
    exports2.DiagLogLevel = require_types2.DiagLogLevel;
    exports2.INVALID_SPANID = require_invalid_span_constants2.INVALID_SPANID;
    exports2.INVALID_SPAN_CONTEXT = require_invalid_span_constants2.INVALID_SPAN_CONTEXT;
    exports2.INVALID_TRACEID = require_invalid_span_constants2.INVALID_TRACEID;
    exports2.ProxyTracer = require_ProxyTracer2.ProxyTracer;
    exports2.ProxyTracerProvider = require_ProxyTracerProvider2.ProxyTracerProvider;
    exports2.ROOT_CONTEXT = require_context3.ROOT_CONTEXT;
    exports2.SamplingDecision = require_SamplingResult2.SamplingDecision;
    exports2.SeverityNumber = require_LogRecord2.SeverityNumber;
    exports2.SpanKind = require_span_kind2.SpanKind;
    exports2.SpanStatusCode = require_status2.SpanStatusCode;
    exports2.TraceFlags = require_trace_flags2.TraceFlags;
    exports2.ValueType = require_Metric2.ValueType;
    exports2.baggageEntryMetadataFromString = require_utils3.baggageEntryMetadataFromString;
    exports2.context = require_context_api2.context;
    exports2.createContextKey = require_context3.createContextKey;
    exports2.createNoopLogger = require_NoopLogger2.createNoopLogger;
    exports2.createNoopMeter = require_NoopMeter2.createNoopMeter;
    exports2.createTraceState = require_utils$1.createTraceState;
    exports2.default = src_default;
    exports2.defaultTextMapGetter = require_TextMapPropagator2.defaultTextMapGetter;
    exports2.defaultTextMapSetter = require_TextMapPropagator2.defaultTextMapSetter;
    exports2.diag = require_diag_api2.diag;
    exports2.isSpanContextValid = require_spancontext_utils2.isSpanContextValid;
    exports2.isValidSpanId = require_spancontext_utils2.isValidSpanId;
    exports2.isValidTraceId = require_spancontext_utils2.isValidTraceId;
    exports2.logs = require_logs_api2.logs;
    exports2.metrics = require_metrics_api2.metrics;
    exports2.propagation = require_propagation_api2.propagation;
    exports2.trace = require_trace_api2.trace;
  }
});

// node_modules/prom-client/lib/metrics/processCpuTotal.js
var require_processCpuTotal = __commonJS({
  "node_modules/prom-client/lib/metrics/processCpuTotal.js"(exports2, module2) {
    "use strict";
    var OtelApi = require_dist();
    var Counter2 = require_counter();
    var PROCESS_CPU_USER_SECONDS = "process_cpu_user_seconds_total";
    var PROCESS_CPU_SYSTEM_SECONDS = "process_cpu_system_seconds_total";
    var PROCESS_CPU_SECONDS = "process_cpu_seconds_total";
    module2.exports = (registry, config = {}) => {
      const registers = registry ? [registry] : void 0;
      const namePrefix = config.prefix ? config.prefix : "";
      const labels = config.labels ? config.labels : {};
      const exemplars = config.enableExemplars ? config.enableExemplars : false;
      const labelNames = Object.keys(labels);
      let lastCpuUsage = process.cpuUsage();
      const cpuUserUsageCounter = new Counter2({
        name: namePrefix + PROCESS_CPU_USER_SECONDS,
        help: "Total user CPU time spent in seconds.",
        enableExemplars: exemplars,
        registers,
        labelNames,
        // Use this one metric's `collect` to set all metrics' values.
        collect() {
          const cpuUsage = process.cpuUsage();
          const userUsageMicros = cpuUsage.user - lastCpuUsage.user;
          const systemUsageMicros = cpuUsage.system - lastCpuUsage.system;
          lastCpuUsage = cpuUsage;
          if (this.enableExemplars) {
            let exemplarLabels = {};
            const currentSpan = OtelApi.trace.getSpan(OtelApi.context.active());
            if (currentSpan) {
              exemplarLabels = {
                traceId: currentSpan.spanContext().traceId,
                spanId: currentSpan.spanContext().spanId
              };
            }
            cpuUserUsageCounter.inc({
              labels,
              value: userUsageMicros / 1e6,
              exemplarLabels
            });
            cpuSystemUsageCounter.inc({
              labels,
              value: systemUsageMicros / 1e6,
              exemplarLabels
            });
            cpuUsageCounter.inc({
              labels,
              value: (userUsageMicros + systemUsageMicros) / 1e6,
              exemplarLabels
            });
          } else {
            cpuUserUsageCounter.inc(labels, userUsageMicros / 1e6);
            cpuSystemUsageCounter.inc(labels, systemUsageMicros / 1e6);
            cpuUsageCounter.inc(
              labels,
              (userUsageMicros + systemUsageMicros) / 1e6
            );
          }
        }
      });
      const cpuSystemUsageCounter = new Counter2({
        name: namePrefix + PROCESS_CPU_SYSTEM_SECONDS,
        help: "Total system CPU time spent in seconds.",
        enableExemplars: exemplars,
        registers,
        labelNames
      });
      const cpuUsageCounter = new Counter2({
        name: namePrefix + PROCESS_CPU_SECONDS,
        help: "Total user and system CPU time spent in seconds.",
        enableExemplars: exemplars,
        registers,
        labelNames
      });
    };
    module2.exports.metricNames = [
      PROCESS_CPU_USER_SECONDS,
      PROCESS_CPU_SYSTEM_SECONDS,
      PROCESS_CPU_SECONDS
    ];
  }
});

// node_modules/prom-client/lib/metrics/processStartTime.js
var require_processStartTime = __commonJS({
  "node_modules/prom-client/lib/metrics/processStartTime.js"(exports2, module2) {
    "use strict";
    var Gauge2 = require_gauge();
    var startInSeconds = Math.round(Date.now() / 1e3 - process.uptime());
    var PROCESS_START_TIME = "process_start_time_seconds";
    module2.exports = (registry, config = {}) => {
      const namePrefix = config.prefix ? config.prefix : "";
      const labels = config.labels ? config.labels : {};
      const labelNames = Object.keys(labels);
      new Gauge2({
        name: namePrefix + PROCESS_START_TIME,
        help: "Start time of the process since unix epoch in seconds.",
        registers: registry ? [registry] : void 0,
        labelNames,
        aggregator: "omit",
        collect() {
          this.set(labels, startInSeconds);
        }
      });
    };
    module2.exports.metricNames = [PROCESS_START_TIME];
  }
});

// node_modules/prom-client/lib/metrics/osMemoryHeapLinux.js
var require_osMemoryHeapLinux = __commonJS({
  "node_modules/prom-client/lib/metrics/osMemoryHeapLinux.js"(exports2, module2) {
    "use strict";
    var Gauge2 = require_gauge();
    var fs = require("fs");
    var values = ["VmSize", "VmRSS", "VmData"];
    var PROCESS_RESIDENT_MEMORY = "process_resident_memory_bytes";
    var PROCESS_VIRTUAL_MEMORY = "process_virtual_memory_bytes";
    var PROCESS_HEAP = "process_heap_bytes";
    function structureOutput(input) {
      return input.split("\n").reduce((acc, string) => {
        if (!values.some((value2) => string.startsWith(value2))) {
          return acc;
        }
        const split = string.split(":");
        let value = split[1].trim();
        value = value.substr(0, value.length - 3);
        value = Number(value) * 1024;
        acc[split[0]] = value;
        return acc;
      }, {});
    }
    module2.exports = (registry, config = {}) => {
      const registers = registry ? [registry] : void 0;
      const namePrefix = config.prefix ? config.prefix : "";
      const labels = config.labels ? config.labels : {};
      const labelNames = Object.keys(labels);
      const residentMemGauge = new Gauge2({
        name: namePrefix + PROCESS_RESIDENT_MEMORY,
        help: "Resident memory size in bytes.",
        registers,
        labelNames,
        // Use this one metric's `collect` to set all metrics' values.
        collect() {
          try {
            const stat = fs.readFileSync("/proc/self/status", "utf8");
            const structuredOutput = structureOutput(stat);
            residentMemGauge.set(labels, structuredOutput.VmRSS);
            virtualMemGauge.set(labels, structuredOutput.VmSize);
            heapSizeMemGauge.set(labels, structuredOutput.VmData);
          } catch {
          }
        }
      });
      const virtualMemGauge = new Gauge2({
        name: namePrefix + PROCESS_VIRTUAL_MEMORY,
        help: "Virtual memory size in bytes.",
        registers,
        labelNames
      });
      const heapSizeMemGauge = new Gauge2({
        name: namePrefix + PROCESS_HEAP,
        help: "Process heap size in bytes.",
        registers,
        labelNames
      });
    };
    module2.exports.metricNames = [
      PROCESS_RESIDENT_MEMORY,
      PROCESS_VIRTUAL_MEMORY,
      PROCESS_HEAP
    ];
  }
});

// node_modules/prom-client/lib/metrics/helpers/safeMemoryUsage.js
var require_safeMemoryUsage = __commonJS({
  "node_modules/prom-client/lib/metrics/helpers/safeMemoryUsage.js"(exports2, module2) {
    "use strict";
    function safeMemoryUsage() {
      try {
        return process.memoryUsage();
      } catch {
        return;
      }
    }
    module2.exports = safeMemoryUsage;
  }
});

// node_modules/prom-client/lib/metrics/osMemoryHeap.js
var require_osMemoryHeap = __commonJS({
  "node_modules/prom-client/lib/metrics/osMemoryHeap.js"(exports2, module2) {
    "use strict";
    var Gauge2 = require_gauge();
    var linuxVariant = require_osMemoryHeapLinux();
    var safeMemoryUsage = require_safeMemoryUsage();
    var PROCESS_RESIDENT_MEMORY = "process_resident_memory_bytes";
    function notLinuxVariant(registry, config = {}) {
      const namePrefix = config.prefix ? config.prefix : "";
      const labels = config.labels ? config.labels : {};
      const labelNames = Object.keys(labels);
      new Gauge2({
        name: namePrefix + PROCESS_RESIDENT_MEMORY,
        help: "Resident memory size in bytes.",
        registers: registry ? [registry] : void 0,
        labelNames,
        collect() {
          const memUsage = safeMemoryUsage();
          if (memUsage) {
            this.set(labels, memUsage.rss);
          }
        }
      });
    }
    module2.exports = (registry, config) => process.platform === "linux" ? linuxVariant(registry, config) : notLinuxVariant(registry, config);
    module2.exports.metricNames = process.platform === "linux" ? linuxVariant.metricNames : [PROCESS_RESIDENT_MEMORY];
  }
});

// node_modules/prom-client/lib/metrics/processOpenFileDescriptors.js
var require_processOpenFileDescriptors = __commonJS({
  "node_modules/prom-client/lib/metrics/processOpenFileDescriptors.js"(exports2, module2) {
    "use strict";
    var Gauge2 = require_gauge();
    var fs = require("fs");
    var process2 = require("process");
    var PROCESS_OPEN_FDS = "process_open_fds";
    module2.exports = (registry, config = {}) => {
      if (process2.platform !== "linux") {
        return;
      }
      const namePrefix = config.prefix ? config.prefix : "";
      const labels = config.labels ? config.labels : {};
      const labelNames = Object.keys(labels);
      new Gauge2({
        name: namePrefix + PROCESS_OPEN_FDS,
        help: "Number of open file descriptors.",
        registers: registry ? [registry] : void 0,
        labelNames,
        collect() {
          try {
            const fds = fs.readdirSync("/proc/self/fd");
            this.set(labels, fds.length - 1);
          } catch {
          }
        }
      });
    };
    module2.exports.metricNames = [PROCESS_OPEN_FDS];
  }
});

// node_modules/prom-client/lib/metrics/processMaxFileDescriptors.js
var require_processMaxFileDescriptors = __commonJS({
  "node_modules/prom-client/lib/metrics/processMaxFileDescriptors.js"(exports2, module2) {
    "use strict";
    var Gauge2 = require_gauge();
    var fs = require("fs");
    var PROCESS_MAX_FDS = "process_max_fds";
    var maxFds;
    module2.exports = (registry, config = {}) => {
      if (maxFds === void 0) {
        try {
          const limits = fs.readFileSync("/proc/self/limits", "utf8");
          const lines = limits.split("\n");
          for (const line of lines) {
            if (line.startsWith("Max open files")) {
              const parts = line.split(/  +/);
              maxFds = Number(parts[1]);
              break;
            }
          }
        } catch {
          return;
        }
      }
      if (maxFds === void 0) return;
      const namePrefix = config.prefix ? config.prefix : "";
      const labels = config.labels ? config.labels : {};
      const labelNames = Object.keys(labels);
      new Gauge2({
        name: namePrefix + PROCESS_MAX_FDS,
        help: "Maximum number of open file descriptors.",
        registers: registry ? [registry] : void 0,
        labelNames,
        collect() {
          if (maxFds !== void 0) this.set(labels, maxFds);
        }
      });
    };
    module2.exports.metricNames = [PROCESS_MAX_FDS];
  }
});

// node_modules/prom-client/lib/metrics/eventLoopLag.js
var require_eventLoopLag = __commonJS({
  "node_modules/prom-client/lib/metrics/eventLoopLag.js"(exports2, module2) {
    "use strict";
    var Gauge2 = require_gauge();
    var perf_hooks;
    try {
      perf_hooks = require("perf_hooks");
    } catch {
    }
    var NODEJS_EVENTLOOP_LAG = "nodejs_eventloop_lag_seconds";
    var NODEJS_EVENTLOOP_LAG_MIN = "nodejs_eventloop_lag_min_seconds";
    var NODEJS_EVENTLOOP_LAG_MAX = "nodejs_eventloop_lag_max_seconds";
    var NODEJS_EVENTLOOP_LAG_MEAN = "nodejs_eventloop_lag_mean_seconds";
    var NODEJS_EVENTLOOP_LAG_STDDEV = "nodejs_eventloop_lag_stddev_seconds";
    var NODEJS_EVENTLOOP_LAG_P50 = "nodejs_eventloop_lag_p50_seconds";
    var NODEJS_EVENTLOOP_LAG_P90 = "nodejs_eventloop_lag_p90_seconds";
    var NODEJS_EVENTLOOP_LAG_P99 = "nodejs_eventloop_lag_p99_seconds";
    function reportEventloopLag(start, gauge, labels) {
      const delta = process.hrtime(start);
      const nanosec = delta[0] * 1e9 + delta[1];
      const seconds = nanosec / 1e9;
      gauge.set(labels, seconds);
    }
    module2.exports = (registry, config = {}) => {
      const namePrefix = config.prefix ? config.prefix : "";
      const labels = config.labels ? config.labels : {};
      const labelNames = Object.keys(labels);
      const registers = registry ? [registry] : void 0;
      let collect = () => {
        const start = process.hrtime();
        setImmediate(reportEventloopLag, start, lag, labels);
      };
      if (perf_hooks && perf_hooks.monitorEventLoopDelay) {
        try {
          const histogram = perf_hooks.monitorEventLoopDelay({
            resolution: config.eventLoopMonitoringPrecision
          });
          histogram.enable();
          collect = () => {
            const start = process.hrtime();
            setImmediate(reportEventloopLag, start, lag, labels);
            lagMin.set(labels, histogram.min / 1e9);
            lagMax.set(labels, histogram.max / 1e9);
            lagMean.set(labels, histogram.mean / 1e9);
            lagStddev.set(labels, histogram.stddev / 1e9);
            lagP50.set(labels, histogram.percentile(50) / 1e9);
            lagP90.set(labels, histogram.percentile(90) / 1e9);
            lagP99.set(labels, histogram.percentile(99) / 1e9);
            histogram.reset();
          };
        } catch (e) {
          if (e.code === "ERR_NOT_IMPLEMENTED") {
            return;
          }
          throw e;
        }
      }
      const lag = new Gauge2({
        name: namePrefix + NODEJS_EVENTLOOP_LAG,
        help: "Lag of event loop in seconds.",
        registers,
        labelNames,
        aggregator: "average",
        // Use this one metric's `collect` to set all metrics' values.
        collect
      });
      const lagMin = new Gauge2({
        name: namePrefix + NODEJS_EVENTLOOP_LAG_MIN,
        help: "The minimum recorded event loop delay.",
        registers,
        labelNames,
        aggregator: "min"
      });
      const lagMax = new Gauge2({
        name: namePrefix + NODEJS_EVENTLOOP_LAG_MAX,
        help: "The maximum recorded event loop delay.",
        registers,
        labelNames,
        aggregator: "max"
      });
      const lagMean = new Gauge2({
        name: namePrefix + NODEJS_EVENTLOOP_LAG_MEAN,
        help: "The mean of the recorded event loop delays.",
        registers,
        labelNames,
        aggregator: "average"
      });
      const lagStddev = new Gauge2({
        name: namePrefix + NODEJS_EVENTLOOP_LAG_STDDEV,
        help: "The standard deviation of the recorded event loop delays.",
        registers,
        labelNames,
        aggregator: "average"
      });
      const lagP50 = new Gauge2({
        name: namePrefix + NODEJS_EVENTLOOP_LAG_P50,
        help: "The 50th percentile of the recorded event loop delays.",
        registers,
        labelNames,
        aggregator: "average"
      });
      const lagP90 = new Gauge2({
        name: namePrefix + NODEJS_EVENTLOOP_LAG_P90,
        help: "The 90th percentile of the recorded event loop delays.",
        registers,
        labelNames,
        aggregator: "average"
      });
      const lagP99 = new Gauge2({
        name: namePrefix + NODEJS_EVENTLOOP_LAG_P99,
        help: "The 99th percentile of the recorded event loop delays.",
        registers,
        labelNames,
        aggregator: "average"
      });
    };
    module2.exports.metricNames = [
      NODEJS_EVENTLOOP_LAG,
      NODEJS_EVENTLOOP_LAG_MIN,
      NODEJS_EVENTLOOP_LAG_MAX,
      NODEJS_EVENTLOOP_LAG_MEAN,
      NODEJS_EVENTLOOP_LAG_STDDEV,
      NODEJS_EVENTLOOP_LAG_P50,
      NODEJS_EVENTLOOP_LAG_P90,
      NODEJS_EVENTLOOP_LAG_P99
    ];
  }
});

// node_modules/prom-client/lib/metrics/helpers/processMetricsHelpers.js
var require_processMetricsHelpers = __commonJS({
  "node_modules/prom-client/lib/metrics/helpers/processMetricsHelpers.js"(exports2, module2) {
    "use strict";
    function aggregateByObjectName(list) {
      const data = {};
      for (let i = 0; i < list.length; i++) {
        const listElement = list[i];
        if (!listElement || typeof listElement.constructor === "undefined") {
          continue;
        }
        if (Object.hasOwnProperty.call(data, listElement.constructor.name)) {
          data[listElement.constructor.name] += 1;
        } else {
          data[listElement.constructor.name] = 1;
        }
      }
      return data;
    }
    function updateMetrics(gauge, data, labels) {
      gauge.reset();
      for (const key in data) {
        gauge.set(Object.assign({ type: key }, labels || {}), data[key]);
      }
    }
    module2.exports = {
      aggregateByObjectName,
      updateMetrics
    };
  }
});

// node_modules/prom-client/lib/metrics/processHandles.js
var require_processHandles = __commonJS({
  "node_modules/prom-client/lib/metrics/processHandles.js"(exports2, module2) {
    "use strict";
    var { aggregateByObjectName } = require_processMetricsHelpers();
    var { updateMetrics } = require_processMetricsHelpers();
    var Gauge2 = require_gauge();
    var NODEJS_ACTIVE_HANDLES = "nodejs_active_handles";
    var NODEJS_ACTIVE_HANDLES_TOTAL = "nodejs_active_handles_total";
    module2.exports = (registry, config = {}) => {
      if (typeof process._getActiveHandles !== "function") {
        return;
      }
      const registers = registry ? [registry] : void 0;
      const namePrefix = config.prefix ? config.prefix : "";
      const labels = config.labels ? config.labels : {};
      const labelNames = Object.keys(labels);
      new Gauge2({
        name: namePrefix + NODEJS_ACTIVE_HANDLES,
        help: "Number of active libuv handles grouped by handle type. Every handle type is C++ class name.",
        labelNames: ["type", ...labelNames],
        registers,
        collect() {
          const handles = process._getActiveHandles();
          updateMetrics(this, aggregateByObjectName(handles), labels);
        }
      });
      new Gauge2({
        name: namePrefix + NODEJS_ACTIVE_HANDLES_TOTAL,
        help: "Total number of active handles.",
        registers,
        labelNames,
        collect() {
          const handles = process._getActiveHandles();
          this.set(labels, handles.length);
        }
      });
    };
    module2.exports.metricNames = [
      NODEJS_ACTIVE_HANDLES,
      NODEJS_ACTIVE_HANDLES_TOTAL
    ];
  }
});

// node_modules/prom-client/lib/metrics/processRequests.js
var require_processRequests = __commonJS({
  "node_modules/prom-client/lib/metrics/processRequests.js"(exports2, module2) {
    "use strict";
    var Gauge2 = require_gauge();
    var { aggregateByObjectName } = require_processMetricsHelpers();
    var { updateMetrics } = require_processMetricsHelpers();
    var NODEJS_ACTIVE_REQUESTS = "nodejs_active_requests";
    var NODEJS_ACTIVE_REQUESTS_TOTAL = "nodejs_active_requests_total";
    module2.exports = (registry, config = {}) => {
      if (typeof process._getActiveRequests !== "function") {
        return;
      }
      const namePrefix = config.prefix ? config.prefix : "";
      const labels = config.labels ? config.labels : {};
      const labelNames = Object.keys(labels);
      new Gauge2({
        name: namePrefix + NODEJS_ACTIVE_REQUESTS,
        help: "Number of active libuv requests grouped by request type. Every request type is C++ class name.",
        labelNames: ["type", ...labelNames],
        registers: registry ? [registry] : void 0,
        collect() {
          const requests = process._getActiveRequests();
          updateMetrics(this, aggregateByObjectName(requests), labels);
        }
      });
      new Gauge2({
        name: namePrefix + NODEJS_ACTIVE_REQUESTS_TOTAL,
        help: "Total number of active requests.",
        registers: registry ? [registry] : void 0,
        labelNames,
        collect() {
          const requests = process._getActiveRequests();
          this.set(labels, requests.length);
        }
      });
    };
    module2.exports.metricNames = [
      NODEJS_ACTIVE_REQUESTS,
      NODEJS_ACTIVE_REQUESTS_TOTAL
    ];
  }
});

// node_modules/prom-client/lib/metrics/processResources.js
var require_processResources = __commonJS({
  "node_modules/prom-client/lib/metrics/processResources.js"(exports2, module2) {
    "use strict";
    var Gauge2 = require_gauge();
    var { updateMetrics } = require_processMetricsHelpers();
    var NODEJS_ACTIVE_RESOURCES = "nodejs_active_resources";
    var NODEJS_ACTIVE_RESOURCES_TOTAL = "nodejs_active_resources_total";
    module2.exports = (registry, config = {}) => {
      if (typeof process.getActiveResourcesInfo !== "function") {
        return;
      }
      const namePrefix = config.prefix ? config.prefix : "";
      const labels = config.labels ? config.labels : {};
      const labelNames = Object.keys(labels);
      new Gauge2({
        name: namePrefix + NODEJS_ACTIVE_RESOURCES,
        help: "Number of active resources that are currently keeping the event loop alive, grouped by async resource type.",
        labelNames: ["type", ...labelNames],
        registers: registry ? [registry] : void 0,
        collect() {
          const resources = process.getActiveResourcesInfo();
          const data = {};
          for (let i = 0; i < resources.length; i++) {
            const resource = resources[i];
            if (Object.hasOwn(data, resource)) {
              data[resource] += 1;
            } else {
              data[resource] = 1;
            }
          }
          updateMetrics(this, data, labels);
        }
      });
      new Gauge2({
        name: namePrefix + NODEJS_ACTIVE_RESOURCES_TOTAL,
        help: "Total number of active resources.",
        registers: registry ? [registry] : void 0,
        labelNames,
        collect() {
          const resources = process.getActiveResourcesInfo();
          this.set(labels, resources.length);
        }
      });
    };
    module2.exports.metricNames = [
      NODEJS_ACTIVE_RESOURCES,
      NODEJS_ACTIVE_RESOURCES_TOTAL
    ];
  }
});

// node_modules/prom-client/lib/metrics/heapSizeAndUsed.js
var require_heapSizeAndUsed = __commonJS({
  "node_modules/prom-client/lib/metrics/heapSizeAndUsed.js"(exports2, module2) {
    "use strict";
    var Gauge2 = require_gauge();
    var safeMemoryUsage = require_safeMemoryUsage();
    var NODEJS_HEAP_SIZE_TOTAL = "nodejs_heap_size_total_bytes";
    var NODEJS_HEAP_SIZE_USED = "nodejs_heap_size_used_bytes";
    var NODEJS_EXTERNAL_MEMORY = "nodejs_external_memory_bytes";
    module2.exports = (registry, config = {}) => {
      if (typeof process.memoryUsage !== "function") {
        return;
      }
      const labels = config.labels ? config.labels : {};
      const labelNames = Object.keys(labels);
      const registers = registry ? [registry] : void 0;
      const namePrefix = config.prefix ? config.prefix : "";
      const collect = () => {
        const memUsage = safeMemoryUsage();
        if (memUsage) {
          heapSizeTotal.set(labels, memUsage.heapTotal);
          heapSizeUsed.set(labels, memUsage.heapUsed);
          if (memUsage.external !== void 0) {
            externalMemUsed.set(labels, memUsage.external);
          }
        }
      };
      const heapSizeTotal = new Gauge2({
        name: namePrefix + NODEJS_HEAP_SIZE_TOTAL,
        help: "Process heap size from Node.js in bytes.",
        registers,
        labelNames,
        // Use this one metric's `collect` to set all metrics' values.
        collect
      });
      const heapSizeUsed = new Gauge2({
        name: namePrefix + NODEJS_HEAP_SIZE_USED,
        help: "Process heap size used from Node.js in bytes.",
        registers,
        labelNames
      });
      const externalMemUsed = new Gauge2({
        name: namePrefix + NODEJS_EXTERNAL_MEMORY,
        help: "Node.js external memory size in bytes.",
        registers,
        labelNames
      });
    };
    module2.exports.metricNames = [
      NODEJS_HEAP_SIZE_TOTAL,
      NODEJS_HEAP_SIZE_USED,
      NODEJS_EXTERNAL_MEMORY
    ];
  }
});

// node_modules/prom-client/lib/metrics/heapSpacesSizeAndUsed.js
var require_heapSpacesSizeAndUsed = __commonJS({
  "node_modules/prom-client/lib/metrics/heapSpacesSizeAndUsed.js"(exports2, module2) {
    "use strict";
    var Gauge2 = require_gauge();
    var v8 = require("v8");
    var METRICS = ["total", "used", "available"];
    var NODEJS_HEAP_SIZE = {};
    METRICS.forEach((metricType) => {
      NODEJS_HEAP_SIZE[metricType] = `nodejs_heap_space_size_${metricType}_bytes`;
    });
    module2.exports = (registry, config = {}) => {
      try {
        v8.getHeapSpaceStatistics();
      } catch (e) {
        if (e.code === "ERR_NOT_IMPLEMENTED") {
          return;
        }
        throw e;
      }
      const registers = registry ? [registry] : void 0;
      const namePrefix = config.prefix ? config.prefix : "";
      const labels = config.labels ? config.labels : {};
      const labelNames = ["space", ...Object.keys(labels)];
      const gauges = {};
      METRICS.forEach((metricType) => {
        gauges[metricType] = new Gauge2({
          name: namePrefix + NODEJS_HEAP_SIZE[metricType],
          help: `Process heap space size ${metricType} from Node.js in bytes.`,
          labelNames,
          registers
        });
      });
      gauges.total.collect = () => {
        for (const space of v8.getHeapSpaceStatistics()) {
          const spaceName = space.space_name.substr(
            0,
            space.space_name.indexOf("_space")
          );
          gauges.total.set({ space: spaceName, ...labels }, space.space_size);
          gauges.used.set({ space: spaceName, ...labels }, space.space_used_size);
          gauges.available.set(
            { space: spaceName, ...labels },
            space.space_available_size
          );
        }
      };
    };
    module2.exports.metricNames = Object.values(NODEJS_HEAP_SIZE);
  }
});

// node_modules/prom-client/lib/metrics/version.js
var require_version2 = __commonJS({
  "node_modules/prom-client/lib/metrics/version.js"(exports2, module2) {
    "use strict";
    var Gauge2 = require_gauge();
    var version2 = process.version;
    var versionSegments = version2.slice(1).split(".").map(Number);
    var NODE_VERSION_INFO = "nodejs_version_info";
    module2.exports = (registry, config = {}) => {
      const namePrefix = config.prefix ? config.prefix : "";
      const labels = config.labels ? config.labels : {};
      const labelNames = Object.keys(labels);
      new Gauge2({
        name: namePrefix + NODE_VERSION_INFO,
        help: "Node.js version info.",
        labelNames: ["version", "major", "minor", "patch", ...labelNames],
        registers: registry ? [registry] : void 0,
        aggregator: "first",
        collect() {
          this.labels(
            version2,
            versionSegments[0],
            versionSegments[1],
            versionSegments[2],
            ...Object.values(labels)
          ).set(1);
        }
      });
    };
    module2.exports.metricNames = [NODE_VERSION_INFO];
  }
});

// node_modules/prom-client/lib/metrics/gc.js
var require_gc = __commonJS({
  "node_modules/prom-client/lib/metrics/gc.js"(exports2, module2) {
    "use strict";
    var Histogram2 = require_histogram();
    var perf_hooks;
    try {
      perf_hooks = require("perf_hooks");
    } catch {
    }
    var NODEJS_GC_DURATION_SECONDS = "nodejs_gc_duration_seconds";
    var DEFAULT_GC_DURATION_BUCKETS = [1e-3, 0.01, 0.1, 1, 2, 5];
    var kinds = [];
    if (perf_hooks && perf_hooks.constants) {
      kinds[perf_hooks.constants.NODE_PERFORMANCE_GC_MAJOR] = "major";
      kinds[perf_hooks.constants.NODE_PERFORMANCE_GC_MINOR] = "minor";
      kinds[perf_hooks.constants.NODE_PERFORMANCE_GC_INCREMENTAL] = "incremental";
      kinds[perf_hooks.constants.NODE_PERFORMANCE_GC_WEAKCB] = "weakcb";
    }
    module2.exports = (registry, config = {}) => {
      if (!perf_hooks) {
        return;
      }
      const namePrefix = config.prefix ? config.prefix : "";
      const labels = config.labels ? config.labels : {};
      const labelNames = Object.keys(labels);
      const buckets = config.gcDurationBuckets ? config.gcDurationBuckets : DEFAULT_GC_DURATION_BUCKETS;
      const gcHistogram = new Histogram2({
        name: namePrefix + NODEJS_GC_DURATION_SECONDS,
        help: "Garbage collection duration by kind, one of major, minor, incremental or weakcb.",
        labelNames: ["kind", ...labelNames],
        enableExemplars: false,
        buckets,
        registers: registry ? [registry] : void 0
      });
      const obs = new perf_hooks.PerformanceObserver((list) => {
        const entry = list.getEntries()[0];
        const kind = entry.detail ? kinds[entry.detail.kind] : kinds[entry.kind];
        gcHistogram.observe(Object.assign({ kind }, labels), entry.duration / 1e3);
      });
      obs.observe({ entryTypes: ["gc"] });
    };
    module2.exports.metricNames = [NODEJS_GC_DURATION_SECONDS];
  }
});

// node_modules/prom-client/lib/defaultMetrics.js
var require_defaultMetrics = __commonJS({
  "node_modules/prom-client/lib/defaultMetrics.js"(exports2, module2) {
    "use strict";
    var { isObject } = require_util();
    var processCpuTotal = require_processCpuTotal();
    var processStartTime = require_processStartTime();
    var osMemoryHeap = require_osMemoryHeap();
    var processOpenFileDescriptors = require_processOpenFileDescriptors();
    var processMaxFileDescriptors = require_processMaxFileDescriptors();
    var eventLoopLag = require_eventLoopLag();
    var processHandles = require_processHandles();
    var processRequests = require_processRequests();
    var processResources = require_processResources();
    var heapSizeAndUsed = require_heapSizeAndUsed();
    var heapSpacesSizeAndUsed = require_heapSpacesSizeAndUsed();
    var version2 = require_version2();
    var gc = require_gc();
    var metrics2 = {
      processCpuTotal,
      processStartTime,
      osMemoryHeap,
      processOpenFileDescriptors,
      processMaxFileDescriptors,
      eventLoopLag,
      ...typeof process.getActiveResourcesInfo === "function" ? { processResources } : {},
      processHandles,
      processRequests,
      heapSizeAndUsed,
      heapSpacesSizeAndUsed,
      version: version2,
      gc
    };
    var metricsList = Object.keys(metrics2);
    module2.exports = function collectDefaultMetrics2(config) {
      if (config !== null && config !== void 0 && !isObject(config)) {
        throw new TypeError("config must be null, undefined, or an object");
      }
      config = { eventLoopMonitoringPrecision: 10, ...config };
      for (const metric of Object.values(metrics2)) {
        metric(config.register, config);
      }
    };
    module2.exports.metricsList = metricsList;
  }
});

// node_modules/prom-client/lib/metricAggregators.js
var require_metricAggregators = __commonJS({
  "node_modules/prom-client/lib/metricAggregators.js"(exports2) {
    "use strict";
    var { Grouper, hashObject } = require_util();
    function AggregatorFactory(aggregatorFn) {
      return (metrics2) => {
        if (metrics2.length === 0) return;
        const result = {
          help: metrics2[0].help,
          name: metrics2[0].name,
          type: metrics2[0].type,
          values: [],
          aggregator: metrics2[0].aggregator
        };
        const byLabels = new Grouper();
        metrics2.forEach((metric) => {
          metric.values.forEach((value) => {
            const key = hashObject(value.labels);
            byLabels.add(`${value.metricName}_${key}`, value);
          });
        });
        byLabels.forEach((values) => {
          if (values.length === 0) return;
          const valObj = {
            value: aggregatorFn(values),
            labels: values[0].labels
          };
          if (values[0].metricName) {
            valObj.metricName = values[0].metricName;
          }
          result.values.push(valObj);
        });
        return result;
      };
    }
    exports2.AggregatorFactory = AggregatorFactory;
    exports2.aggregators = {
      /**
       * @return The sum of values.
       */
      sum: AggregatorFactory((v) => v.reduce((p, c) => p + c.value, 0)),
      /**
       * @return The first value.
       */
      first: AggregatorFactory((v) => v[0].value),
      /**
       * @return {undefined} Undefined; omits the metric.
       */
      omit: () => {
      },
      /**
       * @return The arithmetic mean of the values.
       */
      average: AggregatorFactory(
        (v) => v.reduce((p, c) => p + c.value, 0) / v.length
      ),
      /**
       * @return The minimum of the values.
       */
      min: AggregatorFactory(
        (v) => v.reduce((p, c) => Math.min(p, c.value), Infinity)
      ),
      /**
       * @return The maximum of the values.
       */
      max: AggregatorFactory(
        (v) => v.reduce((p, c) => Math.max(p, c.value), -Infinity)
      )
    };
  }
});

// node_modules/prom-client/lib/cluster.js
var require_cluster = __commonJS({
  "node_modules/prom-client/lib/cluster.js"(exports2, module2) {
    "use strict";
    var Registry2 = require_registry();
    var { Grouper } = require_util();
    var { aggregators } = require_metricAggregators();
    var cluster = () => {
      const data = require("cluster");
      cluster = () => data;
      return data;
    };
    var GET_METRICS_REQ = "prom-client:getMetricsReq";
    var GET_METRICS_RES = "prom-client:getMetricsRes";
    var registries = [Registry2.globalRegistry];
    var requestCtr = 0;
    var listenersAdded = false;
    var requests = /* @__PURE__ */ new Map();
    var AggregatorRegistry = class extends Registry2 {
      constructor(regContentType = Registry2.PROMETHEUS_CONTENT_TYPE) {
        super(regContentType);
        addListeners();
      }
      /**
       * Gets aggregated metrics for all workers. The optional callback and
       * returned Promise resolve with the same value; either may be used.
       * @return {Promise<string>} Promise that resolves with the aggregated
       *   metrics.
       */
      clusterMetrics() {
        const requestId2 = requestCtr++;
        return new Promise((resolve, reject) => {
          let settled = false;
          function done(err, result) {
            if (settled) return;
            settled = true;
            if (err) reject(err);
            else resolve(result);
          }
          const request = {
            responses: [],
            pending: 0,
            done,
            errorTimeout: setTimeout(() => {
              const err = new Error("Operation timed out.");
              request.done(err);
            }, 5e3)
          };
          requests.set(requestId2, request);
          const message = {
            type: GET_METRICS_REQ,
            requestId: requestId2
          };
          for (const id in cluster().workers) {
            if (cluster().workers[id].isConnected()) {
              cluster().workers[id].send(message);
              request.pending++;
            }
          }
          if (request.pending === 0) {
            clearTimeout(request.errorTimeout);
            process.nextTick(() => done(null, ""));
          }
        });
      }
      get contentType() {
        return super.contentType;
      }
      /**
       * Creates a new Registry instance from an array of metrics that were
       * created by `registry.getMetricsAsJSON()`. Metrics are aggregated using
       * the method specified by their `aggregator` property, or by summation if
       * `aggregator` is undefined.
       * @param {Array} metricsArr Array of metrics, each of which created by
       *   `registry.getMetricsAsJSON()`.
       * @param {string} registryType content type of the new registry. Defaults
       * to PROMETHEUS_CONTENT_TYPE.
       * @return {Registry} aggregated registry.
       */
      static aggregate(metricsArr, registryType = Registry2.PROMETHEUS_CONTENT_TYPE) {
        const aggregatedRegistry = new Registry2();
        const metricsByName = new Grouper();
        aggregatedRegistry.setContentType(registryType);
        metricsArr.forEach((metrics2) => {
          metrics2.forEach((metric) => {
            metricsByName.add(metric.name, metric);
          });
        });
        metricsByName.forEach((metrics2) => {
          const aggregatorName = metrics2[0].aggregator;
          const aggregatorFn = aggregators[aggregatorName];
          if (typeof aggregatorFn !== "function") {
            throw new Error(`'${aggregatorName}' is not a defined aggregator.`);
          }
          const aggregatedMetric = aggregatorFn(metrics2);
          if (aggregatedMetric) {
            const aggregatedMetricWrapper = Object.assign(
              {
                get: () => aggregatedMetric
              },
              aggregatedMetric
            );
            aggregatedRegistry.registerMetric(aggregatedMetricWrapper);
          }
        });
        return aggregatedRegistry;
      }
      /**
       * Sets the registry or registries to be aggregated. Call from workers to
       * use a registry/registries other than the default global registry.
       * @param {Array<Registry>|Registry} regs Registry or registries to be
       *   aggregated.
       * @return {void}
       */
      static setRegistries(regs) {
        if (!Array.isArray(regs)) regs = [regs];
        regs.forEach((reg) => {
          if (!(reg instanceof Registry2)) {
            throw new TypeError(`Expected Registry, got ${typeof reg}`);
          }
        });
        registries = regs;
      }
    };
    function addListeners() {
      if (listenersAdded) return;
      listenersAdded = true;
      if (cluster().isMaster) {
        cluster().on("message", (worker, message) => {
          if (message.type === GET_METRICS_RES) {
            const request = requests.get(message.requestId);
            if (message.error) {
              request.done(new Error(message.error));
              return;
            }
            message.metrics.forEach((registry) => request.responses.push(registry));
            request.pending--;
            if (request.pending === 0) {
              requests.delete(message.requestId);
              clearTimeout(request.errorTimeout);
              const registry = AggregatorRegistry.aggregate(request.responses);
              const promString = registry.metrics();
              request.done(null, promString);
            }
          }
        });
      }
      if (cluster().isWorker) {
        process.on("message", (message) => {
          if (message.type === GET_METRICS_REQ) {
            Promise.all(registries.map((r) => r.getMetricsAsJSON())).then((metrics2) => {
              process.send({
                type: GET_METRICS_RES,
                requestId: message.requestId,
                metrics: metrics2
              });
            }).catch((error) => {
              process.send({
                type: GET_METRICS_RES,
                requestId: message.requestId,
                error: error.message
              });
            });
          }
        });
      }
    }
    module2.exports = AggregatorRegistry;
  }
});

// node_modules/prom-client/index.js
var require_prom_client = __commonJS({
  "node_modules/prom-client/index.js"(exports2) {
    "use strict";
    exports2.register = require_registry().globalRegistry;
    exports2.Registry = require_registry();
    Object.defineProperty(exports2, "contentType", {
      configurable: false,
      enumerable: true,
      get() {
        return exports2.register.contentType;
      },
      set(value) {
        exports2.register.setContentType(value);
      }
    });
    exports2.prometheusContentType = exports2.Registry.PROMETHEUS_CONTENT_TYPE;
    exports2.openMetricsContentType = exports2.Registry.OPENMETRICS_CONTENT_TYPE;
    exports2.validateMetricName = require_validation().validateMetricName;
    exports2.Counter = require_counter();
    exports2.Gauge = require_gauge();
    exports2.Histogram = require_histogram();
    exports2.Summary = require_summary();
    exports2.Pushgateway = require_pushgateway();
    exports2.linearBuckets = require_bucketGenerators().linearBuckets;
    exports2.exponentialBuckets = require_bucketGenerators().exponentialBuckets;
    exports2.collectDefaultMetrics = require_defaultMetrics();
    exports2.aggregators = require_metricAggregators().aggregators;
    exports2.AggregatorRegistry = require_cluster();
  }
});

// packages/dev-cluster/src/model-server/arguments/argumentError.ts
var ArgumentError = class extends Error {
  constructor(program, message) {
    super(message);
    this.program = program;
    this.name = "ArgumentError";
  }
  program;
  /** The text for stderr: usage, then the error, as argparse prints them. */
  toUsageText() {
    const usage = this.program === "api_server.py" ? "usage: api_server.py [--model MODEL] [options]" : "usage: vllm serve [model_tag] [options]";
    return `${usage}
${this.program}: error: ${this.message}`;
  }
};

// packages/dev-cluster/src/model-server/arguments/flags.ts
var SHORT_FLAGS = {
  "-tp": "tensor-parallel-size",
  "-pp": "pipeline-parallel-size",
  "-dp": "data-parallel-size",
  "-dcp": "decode-context-parallel-size",
  "-q": "quantization"
};
var QUANTIZATION_METHODS = [
  "awq",
  "deepspeedfp",
  "tpu_int8",
  "fp8",
  "ptpc_fp8",
  "fbgemm_fp8",
  "modelopt",
  "modelopt_fp4",
  "bitblas",
  "gguf",
  "gptq_marlin_24",
  "gptq_marlin",
  "gptq_bitblas",
  "awq_marlin",
  "gptq",
  "compressed-tensors",
  "bitsandbytes",
  "hqq",
  "experts_int8",
  "ipex",
  "quark",
  "moe_wna16",
  "torchao",
  "auto-round",
  "rtn",
  "inc",
  "mxfp4",
  "petit_nvfp4"
];
var CHOICES = {
  dtype: ["auto", "bfloat16", "float", "float16", "float32", "half"],
  quantization: QUANTIZATION_METHODS,
  "kv-cache-dtype": [
    "auto",
    "bfloat16",
    "fp8",
    "fp8_e4m3",
    "fp8_e5m2",
    "fp8_inc"
  ],
  "block-size": ["1", "8", "16", "32", "64", "128"],
  "uvicorn-log-level": [
    "critical",
    "debug",
    "error",
    "info",
    "trace",
    "warning"
  ]
};
var NAMES = {
  port: "port",
  "human-int": "max-model-len max-num-batched-tokens kv-cache-memory-bytes",
  int: `block-size tensor-parallel-size pipeline-parallel-size
    data-parallel-size decode-context-parallel-size max-num-seqs seed
    num-gpu-blocks-override max-logprobs max-loras max-lora-rank max-cpu-loras
    lora-extra-vocab-size max-num-partial-prefills max-long-partial-prefills
    long-prefill-token-threshold num-lookahead-slots num-redundant-experts
    eplb-window-size eplb-step-interval max-parallel-loading-workers
    dbo-decode-token-threshold dbo-prefill-token-threshold max-log-len
    mm-shm-cache-max-object-size-mb api-server-count ssl-cert-reqs
    data-parallel-rank data-parallel-start-rank data-parallel-size-local
    data-parallel-rpc-port h11-max-incomplete-event-size h11-max-header-count`,
  float: `gpu-memory-utilization swap-space cpu-offload-gb rope-theta
    mm-processor-cache-gb video-pruning-rate`,
  list: `served-model-name api-key lora-modules middleware allowed-media-domains
    ignore-patterns logits-processors default-mm-loras`,
  boolean: `trust-remote-code enforce-eager skip-tokenizer-init
    disable-sliding-window disable-cascade-attn enable-prompt-embeds
    enable-sleep-mode interleave-mm-strings skip-mm-profiling
    disable-mm-preprocessor-cache disable-custom-all-reduce enable-dbo
    enable-eplb eplb-log-balancedness enable-expert-parallel
    ray-workers-use-nsight data-parallel-hybrid-lb data-parallel-external-lb
    use-tqdm-on-load enable-prefix-caching calculate-kv-scales
    kv-sharing-fast-prefill enable-lora enable-lora-bias fully-sharded-loras
    enable-chunked-prefill disable-chunked-mm-input
    disable-hybrid-kv-cache-manager async-scheduling disable-log-stats
    enable-multimodal-encoder-data-parallel disable-uvicorn-access-log
    allow-credentials enable-ssl-refresh trust-request-chat-template
    return-tokens-as-token-ids disable-frontend-multiprocessing
    enable-request-id-headers enable-auto-tool-choice
    exclude-tools-when-tool-choice-none disable-fastapi-docs
    enable-prompt-tokens-details enable-server-load-tracking
    enable-force-include-usage enable-tokenizer-info-endpoint
    enable-log-outputs log-error-stack enable-log-requests
    disable-log-requests headless`,
  string: `model host uds dtype quantization kv-cache-dtype download-dir revision
    code-revision tokenizer tokenizer-mode tokenizer-revision task runner
    convert load-format config-format hf-config-path hf-token hf-overrides
    generation-config override-generation-config model-impl logprobs-mode
    rope-scaling pooler-config override-pooler-config override-attention-dtype
    allowed-local-media-path logits-processor-pattern io-processor-plugin
    model-loader-extra-config safetensors-load-strategy reasoning-parser
    distributed-executor-backend expert-placement-strategy eplb-config
    worker-cls worker-extension-cls prefix-caching-hash-algo mamba-cache-dtype
    mamba-ssm-cache-dtype limit-mm-per-prompt media-io-kwargs
    mm-processor-kwargs mm-processor-cache-type mm-encoder-tp-mode lora-dtype
    show-hidden-metrics-for-version otlp-traces-endpoint
    collect-detailed-traces scheduling-policy scheduler-cls
    speculative-config kv-transfer-config kv-events-config compilation-config
    additional-config structured-outputs-config guided-decoding-backend
    data-parallel-address data-parallel-backend uvicorn-log-level
    allowed-origins allowed-methods allowed-headers chat-template
    chat-template-content-format response-role ssl-keyfile ssl-certfile
    ssl-ca-certs root-path tool-call-parser tool-parser-plugin tool-server
    log-config-file`
};
function buildFlags() {
  const flags = /* @__PURE__ */ new Map();
  for (const [kind, names] of Object.entries(NAMES)) {
    for (const name of names.split(/\s+/)) {
      flags.set(name, {
        name,
        kind,
        choices: CHOICES[name]
      });
    }
  }
  return flags;
}
var FLAGS = buildFlags();

// packages/dev-cluster/src/model-server/arguments/readFlagValue.ts
var DECIMAL = { k: 1e3, m: 1e6, g: 1e9 };
var BINARY = {
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30
};
function readHumanInt(text) {
  if (/^-?\d+$/.test(text)) {
    return Number(text);
  }
  const match = /^(\d+(?:\.\d+)?)([kKmMgG])$/.exec(text);
  if (!match) {
    return void 0;
  }
  const [, amount, suffix] = match;
  if (BINARY[suffix]) {
    return amount.includes(".") ? void 0 : Number(amount) * BINARY[suffix];
  }
  return Math.trunc(Number(amount) * DECIMAL[suffix]);
}
function readNumber(kind, text) {
  switch (kind) {
    case "human-int":
      return readHumanInt(text);
    case "float":
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : void 0;
    default:
      return /^[+-]?\d+$/.test(text) ? Number(text) : void 0;
  }
}
function readFlagValue(flag, label, text, program) {
  const fail = (message) => new ArgumentError(program, `argument ${label}: ${message}`);
  if (flag.choices && !flag.choices.includes(text)) {
    const shown = flag.kind === "string" ? `'${text}'` : text;
    throw fail(
      `invalid choice: ${shown} (choose from ${flag.choices.join(", ")})`
    );
  }
  if (flag.kind === "string") {
    return text;
  }
  const value = readNumber(flag.kind, text);
  if (value === void 0 || !Number.isFinite(value)) {
    const type = { float: "float", "human-int": "human_readable_int" };
    const name = type[flag.kind] ?? "int";
    throw fail(`invalid ${name} value: '${text}'`);
  }
  if (flag.kind === "port" && (value < 0 || value > 65535)) {
    throw fail(`port must be 0-65535, not ${value}`);
  }
  return value;
}

// packages/dev-cluster/src/model-server/arguments/parseFlags.ts
function looksLikeOption(word) {
  return /^-/.test(word) && word !== "-" && !/^-\d+(\.\d+)?$/.test(word);
}
function unrecognizedBy(program) {
  return program === "vllm serve" ? "vllm" : program;
}
function findOption(word, program) {
  const short = SHORT_FLAGS[word];
  if (short) {
    const flag = FLAGS.get(short);
    return { flag, label: `--${flag.name}/${word}`, negated: false };
  }
  if (!word.startsWith("--")) {
    return void 0;
  }
  const name = word.slice(2);
  const spellings = /* @__PURE__ */ new Map();
  for (const flag of FLAGS.values()) {
    spellings.set(flag.name, { flag, label: `--${flag.name}`, negated: false });
    if (flag.kind === "boolean") {
      spellings.set(`no-${flag.name}`, {
        flag,
        label: `--${flag.name}, --no-${flag.name}`,
        negated: true
      });
    }
  }
  const exact = spellings.get(name);
  if (exact) {
    return exact;
  }
  const matches = name ? [...spellings.keys()].filter((candidate) => candidate.startsWith(name)) : [];
  if (matches.length > 1) {
    throw new ArgumentError(
      program,
      `ambiguous option: ${word} could match ${matches.map((match) => `--${match}`).join(", ")}`
    );
  }
  return matches.length === 1 ? spellings.get(matches[0]) : void 0;
}
function splitProgram(argv) {
  const words = [...argv];
  if (/(^|\/)python3?$/.test(words[0] ?? "") && words[1] === "-m") {
    words.splice(0, 3);
  } else if (/(^|\/)vllm$/.test(words[0] ?? "")) {
    words.shift();
  }
  if (words[0] === "serve") {
    words.shift();
    return { program: "vllm serve", words };
  }
  return { program: "api_server.py", words };
}
function parseFlags(argv) {
  const { program, words } = splitProgram(argv);
  const values = /* @__PURE__ */ new Map();
  const unrecognized = [];
  let modelTag;
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (!looksLikeOption(word)) {
      if (program === "vllm serve" && modelTag === void 0) {
        modelTag = word;
      } else {
        unrecognized.push(word);
      }
      continue;
    }
    const equals = word.indexOf("=");
    const rawName = equals < 0 ? word : word.slice(0, equals);
    const inline = equals < 0 ? void 0 : word.slice(equals + 1);
    const option = findOption(rawName.replace(/_/g, "-"), program);
    if (!option) {
      unrecognized.push(word);
      continue;
    }
    const { flag, label } = option;
    if (flag.kind === "boolean") {
      if (inline !== void 0) {
        throw new ArgumentError(
          program,
          `argument ${label}: ignored explicit argument '${inline}'`
        );
      }
      values.set(flag.name, !option.negated);
      continue;
    }
    const taken = inline === void 0 ? [] : [inline];
    if (inline === void 0) {
      const most = flag.kind === "list" ? Infinity : 1;
      while (taken.length < most && index + 1 < words.length && !looksLikeOption(words[index + 1])) {
        taken.push(words[++index]);
      }
    }
    if (taken.length === 0) {
      throw new ArgumentError(
        program,
        `argument ${label}: expected ${flag.kind === "list" ? "at least one argument" : "one argument"}`
      );
    }
    values.set(
      flag.name,
      flag.kind === "list" ? taken : readFlagValue(flag, label, taken[0], program)
    );
  }
  if (unrecognized.length > 0) {
    throw new ArgumentError(
      unrecognizedBy(program),
      `unrecognized arguments: ${unrecognized.join(" ")}`
    );
  }
  return { program, modelTag, values };
}

// packages/dev-cluster/src/model-server/arguments/serverArguments.ts
var DEFAULT_MODEL = "Qwen/Qwen3-0.6B";
function readOverrides(text, program) {
  if (text === void 0) {
    return {};
  }
  let parsed;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = void 0;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new ArgumentError(
      program,
      `argument --override-generation-config: Value ${text} cannot be converted to <function loads>.`
    );
  }
  return Object.fromEntries(
    Object.entries(parsed).filter(
      (entry) => typeof entry[1] === "number"
    )
  );
}
function readServerArguments(argv) {
  const { program, modelTag, values } = parseFlags(argv);
  const text = (name) => values.get(name);
  const number = (name) => values.get(name);
  const flag = (name, fallback) => values.get(name) ?? fallback;
  const list = (name) => values.get(name) ?? [];
  const model = text("model") ?? modelTag ?? DEFAULT_MODEL;
  const positive = [
    "max-model-len",
    "tensor-parallel-size",
    "max-num-seqs",
    "max-num-batched-tokens"
  ];
  for (const name of positive) {
    const value = number(name);
    if (value !== void 0 && value < 1) {
      throw new ArgumentError(
        program,
        `argument --${name}: must be at least 1, got ${value}`
      );
    }
  }
  const names = list("served-model-name");
  return {
    model,
    servedModelNames: names.length > 0 ? names : [model],
    host: text("host"),
    port: number("port") ?? 8e3,
    dtype: text("dtype") ?? "auto",
    quantization: text("quantization"),
    maxModelLen: number("max-model-len"),
    gpuMemoryUtilization: number("gpu-memory-utilization") ?? 0.9,
    tensorParallelSize: number("tensor-parallel-size") ?? 1,
    maxNumSeqs: number("max-num-seqs"),
    maxNumBatchedTokens: number("max-num-batched-tokens"),
    kvCacheDtype: text("kv-cache-dtype") ?? "auto",
    blockSize: Number(values.get("block-size") ?? 16),
    swapSpace: number("swap-space") ?? 4,
    enforceEager: flag("enforce-eager", false),
    enablePrefixCaching: flag("enable-prefix-caching", true),
    trustRemoteCode: flag("trust-remote-code", false),
    downloadDir: text("download-dir"),
    revision: text("revision"),
    seed: number("seed"),
    apiKeys: list("api-key"),
    accessLog: !flag("disable-uvicorn-access-log", false) && ["info", "debug", "trace"].includes(text("uvicorn-log-level") ?? "info"),
    disableLogStats: flag("disable-log-stats", false),
    generationConfig: text("generation-config") ?? "auto",
    overrideGenerationConfig: readOverrides(
      text("override-generation-config"),
      program
    ),
    nonDefault: [
      ...modelTag === void 0 ? [] : [["model_tag", modelTag]],
      ...[...values].map(
        ([name, value]) => [
          name.replace(/-/g, "_"),
          name === "api-key" ? ["***"] : value
        ]
      )
    ]
  };
}

// packages/dev-cluster/src/model-server/environment.ts
var import_node_os = require("node:os");
function numberFrom(env, name, low, high) {
  const text = env[name];
  if (text === void 0 || text === "") {
    return void 0;
  }
  const value = Number(text);
  if (!Number.isFinite(value) || value < low || value > high) {
    throw new Error(
      `${name} must be a number from ${low} to ${high}, not '${text}'`
    );
  }
  return value;
}
function readEnvironment(env) {
  return {
    bindAddress: env.LLMP_BIND_ADDRESS || void 0,
    modelFile: env.LLMP_MODEL_FILE || void 0,
    threads: Math.floor(
      Math.min(
        numberFrom(env, "LLMP_THREADS", 1, 256) ?? Infinity,
        Math.max(1, (0, import_node_os.availableParallelism)() - 1)
      )
    ),
    gpu: env.LLMP_GPU || void 0,
    delayFactor: numberFrom(env, "LLMP_START_DELAY_FACTOR", 0, 100) ?? 1,
    // vLLM itself takes 0 as "not set".
    kvCacheSpaceGiB: numberFrom(env, "VLLM_CPU_KVCACHE_SPACE", 0, 4096) || void 0
  };
}

// packages/dev-cluster/src/model-server/loadTextEngine.ts
var import_promises = require("node:fs/promises");

// packages/dev-cluster/src/model-server/engine/chatTemplate.ts
function renderChat(turns) {
  const segments = turns.flatMap(({ role, content }) => [
    { text: "<|im_start|>", special: true },
    { text: `${role}
${content}`, special: false },
    { text: "<|im_end|>\n", special: true }
  ]);
  return [...segments, { text: "<|im_start|>assistant\n", special: true }];
}

// packages/dev-cluster/src/model-server/engine/slots.ts
var QueueFullError = class extends Error {
  constructor(limit) {
    super(`The server already has ${limit} requests waiting. Try again later.`);
    this.name = "QueueFullError";
  }
};
var Slots = class {
  constructor(count, maxWaiting) {
    this.count = count;
    this.maxWaiting = maxWaiting;
  }
  count;
  maxWaiting;
  used = 0;
  queue = /* @__PURE__ */ new Set();
  get running() {
    return this.used;
  }
  get waiting() {
    return this.queue.size;
  }
  /**
   * Waits for a slot.
   *
   * @returns the function that gives it back, or `undefined` when the signal
   * aborted first.
   */
  async acquire(signal) {
    if (signal.aborted) {
      return void 0;
    }
    if (this.used >= this.count) {
      if (this.queue.size >= this.maxWaiting) {
        throw new QueueFullError(this.maxWaiting);
      }
      const started = await this.wait(signal);
      if (!started) {
        return void 0;
      }
    } else {
      this.used++;
    }
    let released = false;
    return () => {
      if (!released) {
        released = true;
        this.release();
      }
    };
  }
  wait(signal) {
    return new Promise((resolve) => {
      const waiter = { start: () => {
      } };
      const abort = () => {
        this.queue.delete(waiter);
        resolve(false);
      };
      waiter.start = () => {
        signal.removeEventListener("abort", abort);
        resolve(true);
      };
      this.queue.add(waiter);
      signal.addEventListener("abort", abort, { once: true });
    });
  }
  release() {
    const [next] = this.queue;
    if (next) {
      this.queue.delete(next);
      next.start();
    } else {
      this.used--;
    }
  }
};

// packages/dev-cluster/src/model-server/engine/stopMatcher.ts
var StopMatcher = class {
  constructor(stops, includeStop = false) {
    this.stops = stops;
    this.includeStop = includeStop;
  }
  stops;
  includeStop;
  held = "";
  matched;
  /** The stop string that was found. */
  get stop() {
    return this.matched;
  }
  /** Adds text; returns what is certain to be part of the answer. */
  push(text) {
    if (this.matched !== void 0) {
      return "";
    }
    this.held += text;
    let first = -1;
    for (const stop of this.stops) {
      const at = this.held.indexOf(stop);
      if (at >= 0 && (first < 0 || at < first)) {
        first = at;
        this.matched = stop;
      }
    }
    if (this.matched !== void 0) {
      const end = first + (this.includeStop ? this.matched.length : 0);
      return this.take(end);
    }
    return this.take(this.held.length - this.longestPrefixAtEnd());
  }
  /** What was held back, once no more text comes. */
  flush() {
    return this.matched === void 0 ? this.take(this.held.length) : "";
  }
  take(length) {
    const text = this.held.slice(0, length);
    this.held = this.held.slice(length);
    return text;
  }
  longestPrefixAtEnd() {
    let longest = 0;
    for (const stop of this.stops) {
      const most = Math.min(stop.length - 1, this.held.length);
      for (let length = most; length > longest; length--) {
        if (this.held.endsWith(stop.slice(0, length))) {
          longest = length;
        }
      }
    }
    return longest;
  }
};

// packages/dev-cluster/src/model-server/engine/generator.ts
var Generator = class {
  constructor(engine, parallel, maxWaiting, metrics2, now2 = () => performance.now() / 1e3) {
    this.engine = engine;
    this.metrics = metrics2;
    this.now = now2;
    this.slots = new Slots(parallel, maxWaiting);
  }
  engine;
  metrics;
  now;
  slots;
  tokensHeld = /* @__PURE__ */ new Map();
  get running() {
    return this.slots.running;
  }
  get waiting() {
    return this.slots.waiting;
  }
  /** Tokens that running requests hold in the KV cache. */
  get kvTokens() {
    return [...this.tokensHeld.values()].reduce((sum, held) => sum + held, 0);
  }
  /**
   * The answer, piece by piece. Ends early, freeing its slot, when the signal
   * aborts or the consumer stops reading.
   */
  async *answer(request, signal) {
    const arrived = this.now();
    const id = /* @__PURE__ */ Symbol("request");
    const promptTokens = request.promptTokens.length;
    const release = await this.slots.acquire(signal);
    const started = this.now();
    let firstAt;
    let lastAt = started;
    let generatedTokens = 0;
    let reason = "abort";
    const matcher = new StopMatcher(request.stop, request.includeStop);
    try {
      if (!release) {
        return { finishReason: "stop", generatedTokens };
      }
      this.tokensHeld.set(id, promptTokens);
      const tokens = this.engine.generate({ ...request, signal });
      let end;
      try {
        for (; ; ) {
          const next = await tokens.next();
          if (next.done) {
            end = next.value;
            break;
          }
          const at = this.now();
          generatedTokens += 1;
          if (firstAt === void 0) {
            firstAt = at;
            this.metrics.firstToken(promptTokens, at - arrived);
          } else {
            this.metrics.nextToken(at - lastAt);
          }
          lastAt = at;
          this.tokensHeld.set(id, promptTokens + generatedTokens);
          const text = generatedTokens > request.sampling.minTokens ? matcher.push(next.value.text) : next.value.text;
          if (matcher.stop !== void 0) {
            yield { text, generatedTokens };
            reason = "stop";
            return {
              finishReason: "stop",
              stopReason: matcher.stop,
              generatedTokens
            };
          }
          yield { text, generatedTokens };
        }
      } finally {
        await tokens.return(end ?? { reason: "stop" });
      }
      const rest = matcher.flush();
      if (rest) {
        yield { text: rest, generatedTokens };
      }
      reason = signal.aborted ? "abort" : end.reason;
      return {
        finishReason: end.reason,
        stopReason: end.stopTokenId,
        generatedTokens
      };
    } finally {
      this.tokensHeld.delete(id);
      release?.();
      const total = this.now() - arrived;
      this.metrics.finished({
        reason,
        promptTokens,
        generatedTokens,
        maxTokens: request.maxTokens,
        queued: started - arrived,
        prefill: firstAt === void 0 ? void 0 : firstAt - started,
        decode: firstAt === void 0 ? void 0 : lastAt - firstAt,
        total
      });
    }
  }
};

// packages/dev-cluster/src/model-server/engine/llamaTextEngine.ts
var import_node_crypto = require("node:crypto");
var import_node_path = __toESM(require("node:path"));

// packages/dev-cluster/src/model-server/engine/textDecoder.ts
var MAX_PENDING = 8;
var REPLACEMENT = "\uFFFD";
var TokenTextDecoder = class {
  constructor(detokenize2) {
    this.detokenize = detokenize2;
  }
  detokenize;
  pending = [];
  context = [];
  push(token) {
    this.pending.push(token);
    const text = this.detokenize(this.pending, this.context);
    if (text.endsWith(REPLACEMENT) && this.pending.length < MAX_PENDING) {
      return "";
    }
    this.context = [...this.context, ...this.pending].slice(-MAX_PENDING);
    this.pending = [];
    return text;
  }
  /** What is still held back when the text ends. */
  flush() {
    const text = this.pending.length > 0 ? this.detokenize(this.pending, this.context) : "";
    this.pending = [];
    return text;
  }
};

// packages/dev-cluster/src/model-server/engine/llamaTextEngine.ts
var CONTEXT_BUDGET = 8192;
var PROMPT_PART = 64;
function parallelRequests(contextSize, maxParallel) {
  const fitting = Math.floor(CONTEXT_BUDGET / contextSize);
  return Math.min(Math.max(2, Math.min(4, fitting)), maxParallel);
}
function nameOf(modelFile) {
  const stem = import_node_path.default.basename(modelFile, ".gguf");
  return stem.replace(/[.-](I?Q\d\w*|F16|BF16|F32)$/i, " ($1)");
}
var LlamaTextEngine = class _LlamaTextEngine {
  constructor(name, llama, model, context, contextSize, parallel) {
    this.name = name;
    this.llama = llama;
    this.model = model;
    this.context = context;
    this.contextSize = contextSize;
    this.parallel = parallel;
    this.newLine = model.tokenize("\n")[0];
    this.vocabularySize = [...model.iterateAllTokens()].length;
  }
  name;
  llama;
  model;
  context;
  contextSize;
  parallel;
  vocabularySize;
  newLine;
  static async load(options) {
    const { getLlama, LlamaLogLevel } = await import("node-llama-cpp");
    const llama = await getLlama({
      build: "never",
      gpu: false,
      maxThreads: options.threads,
      logLevel: LlamaLogLevel.error,
      progressLogs: false
    });
    try {
      const model = await llama.loadModel({ modelPath: options.modelFile });
      const contextSize = Math.min(options.contextSize, model.trainContextSize);
      const parallel = parallelRequests(contextSize, options.maxParallel);
      const context = await model.createContext({
        contextSize,
        sequences: parallel,
        threads: options.threads
      });
      return new _LlamaTextEngine(
        nameOf(options.modelFile),
        llama,
        model,
        context,
        contextSize,
        parallel
      );
    } catch (error) {
      await llama.dispose();
      throw error;
    }
  }
  tokenize(segments) {
    return segments.flatMap(
      ({ text, special }) => this.model.tokenize(text, special)
    );
  }
  detokenize(tokens) {
    return this.model.detokenize(tokens, true);
  }
  async *generate(request) {
    const { sampling, signal, maxTokens } = request;
    const { minTokens, ignoreEos, stopTokenIds } = sampling;
    const sequence = this.context.getSequence();
    const answer = [];
    const decoder = new TokenTextDecoder(
      (tokens, before) => this.model.detokenize(tokens, false, before)
    );
    try {
      const rest = await this.readPrompt(sequence, request);
      if (!rest) {
        return { reason: "stop" };
      }
      const tokens = sequence.evaluate(
        rest,
        this.options(sampling, request.promptTokens, answer)
      );
      let replacement;
      while (!signal.aborted) {
        const next = await tokens.next(replacement);
        if (next.done || signal.aborted) {
          break;
        }
        let token = next.value;
        replacement = void 0;
        const tooEarly = answer.length < minTokens;
        if (this.model.isEogToken(token) && !ignoreEos) {
          if (!tooEarly) {
            return { reason: "stop" };
          }
          token = replacement = this.newLine;
        }
        answer.push(token);
        const last = answer.length >= maxTokens;
        const stopped = !tooEarly && stopTokenIds.includes(token);
        const text = stopped || this.model.isEogToken(token) ? "" : decoder.push(token);
        yield {
          id: token,
          text: last || stopped ? text + decoder.flush() : text
        };
        if (stopped) {
          return { reason: "stop", stopTokenId: token };
        }
        if (last) {
          return { reason: "length" };
        }
      }
      return { reason: "stop" };
    } finally {
      await sequence.dispose();
    }
  }
  async dispose() {
    await this.llama.dispose();
  }
  options(sampling, promptTokens, answer) {
    const { repetitionPenalty, presencePenalty, frequencyPenalty } = sampling;
    const penalized = repetitionPenalty !== 1 || presencePenalty !== 0 || frequencyPenalty !== 0;
    return {
      temperature: sampling.temperature,
      topP: sampling.topP,
      topK: sampling.topK,
      minP: sampling.minP,
      // llama.cpp's seeds have 32 bits, vLLM's 64.
      seed: sampling.seed === void 0 ? (0, import_node_crypto.randomInt)(2 ** 32) : Number(BigInt.asUintN(32, BigInt(sampling.seed))),
      yieldEogToken: true,
      repeatPenalty: penalized ? {
        // vLLM counts the answer for both OpenAI penalties, and the
        // prompt too for its own repetition penalty.
        punishTokens: () => repetitionPenalty === 1 ? answer : [...promptTokens, ...answer],
        maxPunishTokens: this.contextSize,
        penalty: repetitionPenalty,
        frequencyPenalty,
        presencePenalty
      } : void 0
    };
  }
  /**
   * Reads all but the end of the prompt in small parts, so that an aborted
   * request gives its slot back soon and others get their turn.
   *
   * @returns the rest of the prompt; `undefined` after an abort.
   */
  async readPrompt(sequence, { promptTokens, signal }) {
    let rest = [...promptTokens];
    while (rest.length > PROMPT_PART && !signal.aborted) {
      await sequence.evaluateWithoutGeneratingNewTokens(
        rest.slice(0, PROMPT_PART)
      );
      rest = rest.slice(PROMPT_PART);
    }
    return signal.aborted ? void 0 : rest;
  }
};

// packages/dev-cluster/src/model-server/engine/unavailableTextEngine.ts
var UnavailableTextEngine = class {
  constructor(unavailable) {
    this.unavailable = unavailable;
    this.vocabularySize = 49152;
  }
  unavailable;
  name = "no model";
  contextSize = 8192;
  parallel = 4;
  vocabularySize;
  words = [];
  ids = /* @__PURE__ */ new Map();
  tokenize(segments) {
    const text = segments.map((segment) => segment.text).join("");
    return (text.match(/\s*\S+|\s+$/g) ?? []).map((word) => this.idOf(word));
  }
  detokenize(tokens) {
    return tokens.map((token) => this.words[token] ?? "").join("");
  }
  async *generate(request) {
    const answer = this.tokenize([
      { text: `model file unavailable: ${this.unavailable}`, special: false }
    ]);
    for (const [index, id] of answer.entries()) {
      if (index >= request.maxTokens || request.signal.aborted) {
        return { reason: "length" };
      }
      yield { id, text: this.words[id] };
    }
    return { reason: "stop" };
  }
  async dispose() {
  }
  idOf(word) {
    const known = this.ids.get(word);
    if (known !== void 0) {
      return known;
    }
    const id = this.words.length < this.vocabularySize ? this.words.push(word) - 1 : word.length % this.vocabularySize;
    this.ids.set(this.words[id], id);
    return id;
  }
};

// packages/dev-cluster/src/model-server/loadTextEngine.ts
async function loadTextEngine(options) {
  const { modelFile } = options;
  if (modelFile === void 0) {
    return new UnavailableTextEngine("LLMP_MODEL_FILE is not set");
  }
  try {
    await (0, import_promises.access)(modelFile);
  } catch {
    return new UnavailableTextEngine(`${modelFile} can't be read`);
  }
  try {
    return await LlamaTextEngine.load({ ...options, modelFile });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return new UnavailableTextEngine(
      `${modelFile} can't be loaded: ${reason.split("\n")[0]}`
    );
  }
}

// packages/dev-cluster/src/model-server/runModelServer.ts
var import_node_events2 = require("node:events");
var import_promises3 = require("node:timers/promises");

// packages/dev-cluster/src/model-server/cacheConfig.ts
var python = (value) => value ? "True" : "False";
function cacheConfigLabels(args, memory, cpuKvCacheBytes) {
  return {
    block_size: String(args.blockSize),
    cache_dtype: args.kvCacheDtype,
    calculate_kv_scales: "False",
    cpu_kvcache_space_bytes: String(cpuKvCacheBytes ?? "None"),
    cpu_offload_gb: "0",
    enable_prefix_caching: python(args.enablePrefixCaching),
    gpu_memory_utilization: String(args.gpuMemoryUtilization),
    is_attention_free: "False",
    kv_cache_memory_bytes: "None",
    kv_sharing_fast_prefill: "False",
    mamba_cache_dtype: "auto",
    mamba_page_size_padded: "None",
    mamba_ssm_cache_dtype: "auto",
    num_cpu_blocks: "0",
    num_gpu_blocks: String(memory.kvBlocks),
    num_gpu_blocks_override: "None",
    prefix_caching_hash_algo: "sha256",
    sliding_window: "None",
    swap_space: String(args.swapSpace)
  };
}

// packages/dev-cluster/src/model-server/http/modelServer.ts
var import_node_http = require("node:http");

// packages/dev-cluster/src/model-server/http/apiError.ts
var ApiError = class extends Error {
  constructor(status, type, message, param) {
    super(message);
    this.status = status;
    this.type = type;
    this.param = param;
    this.name = "ApiError";
  }
  status;
  type;
  param;
  toBody() {
    return {
      error: {
        message: this.message,
        type: this.type,
        param: this.param ?? null,
        code: this.status
      }
    };
  }
};
function badRequest(message, param) {
  return new ApiError(400, "BadRequestError", message, param);
}
function notSupported(what, param) {
  return badRequest(
    `${what} not supported by the embedded model server, which stands in for vLLM.`,
    param
  );
}
function invalidBody(details) {
  const count = details.length;
  return new ApiError(
    400,
    "Bad Request",
    `${count} validation error${count === 1 ? "" : "s"}:
${details.map((detail) => `  ${detail}`).join("\n")}`
  );
}

// packages/dev-cluster/src/model-server/http/authorize.ts
var import_node_crypto2 = require("node:crypto");
var hash = (text) => (0, import_node_crypto2.createHash)("sha256").update(text).digest();
function isAuthorized(request, pathname, apiKeys) {
  if (apiKeys.length === 0 || !pathname.startsWith("/v1")) {
    return true;
  }
  const [scheme, token] = (request.headers.authorization ?? "").split(" ", 2);
  if (scheme.toLowerCase() !== "bearer" || !token) {
    return false;
  }
  const given = hash(token);
  return apiKeys.some((key) => (0, import_node_crypto2.timingSafeEqual)(hash(key), given));
}

// packages/dev-cluster/src/model-server/http/routes.ts
var import_node_crypto4 = require("node:crypto");

// packages/dev-cluster/src/model-server/http/answerFormats.ts
function usageOf(promptTokens, completionTokens) {
  return {
    prompt_tokens: promptTokens,
    total_tokens: promptTokens + completionTokens,
    completion_tokens: completionTokens
  };
}
function reasons(end) {
  return {
    finish_reason: end?.finishReason ?? null,
    ...end && { stop_reason: end.stopReason ?? null }
  };
}
var CHAT_FORMAT = {
  first: (identity) => ({
    ...identity,
    object: "chat.completion.chunk",
    choices: [
      {
        index: 0,
        delta: { role: "assistant", content: "" },
        logprobs: null,
        finish_reason: null
      }
    ]
  }),
  chunk: (identity, text, end) => ({
    ...identity,
    object: "chat.completion.chunk",
    choices: [
      { index: 0, delta: { content: text }, logprobs: null, ...reasons(end) }
    ]
  }),
  usageChunk: (identity) => ({
    ...identity,
    object: "chat.completion.chunk",
    choices: []
  }),
  whole: (identity, text, end, usage) => ({
    ...identity,
    object: "chat.completion",
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: text,
          refusal: null,
          annotations: null,
          audio: null,
          function_call: null,
          tool_calls: [],
          reasoning_content: null
        },
        logprobs: null,
        ...reasons(end),
        token_ids: null
      }
    ],
    service_tier: null,
    system_fingerprint: null,
    usage: { ...usage, prompt_tokens_details: null },
    prompt_logprobs: null,
    prompt_token_ids: null,
    kv_transfer_params: null
  })
};
function completionFormat(echo) {
  const choice = (text, end) => ({
    index: 0,
    text,
    logprobs: null,
    ...reasons(end),
    stop_reason: end?.stopReason ?? null
  });
  const chunk = (identity, text, end) => ({
    ...identity,
    object: "text_completion",
    choices: [choice(text, end)]
  });
  return {
    first: echo === void 0 ? void 0 : (identity) => chunk(identity, echo),
    chunk,
    usageChunk: (identity) => ({
      ...identity,
      object: "text_completion",
      choices: []
    }),
    whole: (identity, text, end, usage) => ({
      ...identity,
      object: "text_completion",
      choices: [
        {
          ...choice((echo ?? "") + text, end),
          token_ids: null,
          prompt_logprobs: null,
          prompt_token_ids: null
        }
      ],
      service_tier: null,
      system_fingerprint: null,
      usage: { ...usage, prompt_tokens_details: null },
      kv_transfer_params: null
    })
  };
}

// packages/dev-cluster/src/model-server/startup/downloadMarker.ts
var import_promises2 = require("node:fs/promises");
var import_node_path2 = __toESM(require("node:path"));
function downloadMarker(model, downloadDir, env) {
  const root = downloadDir ?? env.HF_HUB_CACHE ?? (env.HF_HOME === void 0 ? void 0 : import_node_path2.default.join(env.HF_HOME, "hub"));
  if (root === void 0) {
    return { exists: async () => false, write: async () => {
    } };
  }
  const folder = import_node_path2.default.join(root, `models--${model.replace(/[^\w.-]/g, "--")}`);
  const file = import_node_path2.default.join(folder, "llm-platform-simulated.txt");
  return {
    async exists() {
      return (0, import_promises2.access)(file).then(
        () => true,
        () => false
      );
    },
    async write() {
      await (0, import_promises2.mkdir)(folder, { recursive: true });
      await (0, import_promises2.writeFile)(
        file,
        "The embedded cluster only plays this download: no weights here.\n"
      );
    }
  };
}

// packages/dev-cluster/src/model-server/startup/pythonText.ts
function pythonRepr(value) {
  if (value === void 0 || value === null) {
    return "None";
  }
  if (typeof value === "boolean") {
    return value ? "True" : "False";
  }
  if (typeof value === "number") {
    return String(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(pythonRepr).join(", ")}]`;
  }
  const text = String(value);
  const escaped = text.replace(/\\/g, "\\\\").replace(/\n/g, "\\n");
  return text.includes("'") && !text.includes('"') ? `"${escaped}"` : `'${escaped.replace(/'/g, "\\'")}'`;
}
function pythonFloat(value) {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
function withThousands(value) {
  return String(Math.trunc(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}

// packages/dev-cluster/src/model-server/startup/recorded-starts.json
var recorded_starts_default = {
  about: "Figures of recorded vLLM starts. Nothing here is computed by the portal's fit core. Row ids refer to the project's table of published start-up observations.",
  gpus: [
    {
      name: "Tesla T4",
      aliases: ["T4", "Tesla-T4", "NVIDIA Tesla T4", "NVIDIA T4"],
      totalGiB: 14.56,
      capability: [7, 5],
      source: "CUDA total printed by vLLM on g4dn.xlarge; published logs say 14.56 to 14.74"
    },
    {
      name: "NVIDIA A10G",
      aliases: ["A10G", "NVIDIA-A10G"],
      totalGiB: 21.99,
      capability: [8, 6],
      source: "CUDA total in published logs: 21.99"
    },
    {
      name: "NVIDIA L4",
      aliases: ["L4", "NVIDIA-L4"],
      totalGiB: 22.03,
      capability: [8, 9],
      source: "CUDA total in published logs: 22.03 to 22.16"
    },
    {
      name: "NVIDIA A100-SXM4-80GB",
      aliases: ["A100", "A100-80", "NVIDIA-A100-SXM4-80GB"],
      totalGiB: 79.14,
      capability: [8, 0],
      source: "CUDA total in published logs: 79.14 to 79.25"
    },
    {
      name: "NVIDIA H100 80GB HBM3",
      aliases: ["H100", "H100-80", "NVIDIA-H100-80GB-HBM3"],
      totalGiB: 79.1,
      capability: [9, 0],
      source: "CUDA total in published logs: 79.10 to 79.25"
    }
  ],
  overheads: [
    {
      gpu: "Tesla T4",
      overheadGiB: 0.78,
      cudaGraphsGiB: 0.21,
      source: "unsloth-b-llama32-3b-t4: activation 0.75 + non-torch 0.03 (vLLM 0.8.5); unsloth-d: 0.74 + 0.03"
    },
    {
      gpu: "NVIDIA A10G",
      overheadGiB: 1.49,
      cudaGraphsGiB: 0.5,
      source: "vllm-15360: 21.99 x 0.90 - 14.2487 - 4.05 (vLLM 0.8.1)"
    },
    {
      gpu: "NVIDIA L4",
      overheadGiB: 1.25,
      cudaGraphsGiB: 1.12,
      source: "unsloth-l-qwen3-8b-fp8-l4: 22.161 x 0.8662 - 8.9638 - 8.98 (vLLM 0.10.2)"
    },
    {
      gpu: "NVIDIA A100-SXM4-80GB",
      overheadGiB: 0.53,
      cudaGraphsGiB: 0.5,
      source: "dennislee-7b-1x80-025: 79.14 x 0.25 - 14.2488 - 5.01 (vLLM 0.10.1.1)"
    },
    {
      gpu: "NVIDIA H100 80GB HBM3",
      overheadGiB: 4.9,
      cudaGraphsGiB: 0.8,
      source: "llm-d guide, Llama-3.1-8B on H100 with default sequences (vLLM 0.11.0)"
    }
  ],
  starts: [
    {
      id: "incident-16-mistral-fp16-t4",
      model: "mistralai/Mistral-7B-Instruct-v0.2",
      gpu: "Tesla T4",
      gpuMemoryUtilization: 0.95,
      availableKvGiB: 0.23633,
      source: "docs/deployment-fixes.md, 16: 'maximum number of tokens that can be stored in KV cache (1936)' = 1936 x 131072 bytes, vLLM 0.6.6"
    },
    {
      id: "unsloth-b-llama32-3b-t4",
      model: "unsloth/Llama-3.2-3B-Instruct",
      gpu: "Tesla T4",
      gpuMemoryUtilization: 0.5943,
      availableKvGiB: 1.74,
      source: "published notebook log, vLLM 0.8.5.post1"
    },
    {
      id: "unsloth-d-llama31-8b-t4",
      model: "unsloth/meta-llama-3.1-8b-instruct-unsloth-bnb-4bit",
      gpu: "Tesla T4",
      gpuMemoryUtilization: 0.5943,
      availableKvGiB: 2.39,
      source: "published notebook log, vLLM 0.7.3"
    },
    {
      id: "unsloth-h-phi4-t4",
      model: "unsloth/phi-4-bnb-4bit",
      gpu: "Tesla T4",
      gpuMemoryUtilization: 0.6952,
      availableKvGiB: 1.24,
      source: "published notebook log, vLLM 0.7.1"
    },
    {
      id: "vllm-15360",
      model: "Qwen/Qwen2.5-7B-Instruct",
      gpu: "NVIDIA A10G",
      gpuMemoryUtilization: 0.9,
      availableKvGiB: 4.05,
      source: "https://github.com/vllm-project/vllm/issues/15360, vLLM 0.8.1"
    },
    {
      id: "unsloth-l-qwen3-8b-fp8-l4",
      model: "unsloth/Qwen3-8B-FP8",
      gpu: "NVIDIA L4",
      gpuMemoryUtilization: 0.8661508568217998,
      availableKvGiB: 8.98,
      source: "published notebook log, vLLM 0.10.2"
    },
    {
      id: "dennislee-7b-1x80-025",
      model: "Qwen/Qwen2-7B-Instruct",
      gpu: "NVIDIA A100-SXM4-80GB",
      gpuMemoryUtilization: 0.25,
      availableKvGiB: 5.01,
      source: "published benchmark log, vLLM 0.10.1.1"
    },
    {
      id: "dennislee-7b-1x80-05",
      model: "Qwen/Qwen2-7B-Instruct",
      gpu: "NVIDIA A100-SXM4-80GB",
      gpuMemoryUtilization: 0.5,
      availableKvGiB: 24.83,
      source: "published benchmark log, vLLM 0.10.1.1"
    }
  ],
  checkpoints: [
    {
      models: [
        "HuggingFaceTB/SmolLM2-135M-Instruct",
        "HuggingFaceTB/SmolLM2-135M"
      ],
      architecture: "LlamaForCausalLM",
      dtype: "bfloat16",
      parametersB: 0.135,
      weightsGiB: 0.251,
      kvBytesPerToken: 23040,
      maxPositionEmbeddings: 8192,
      source: "published config.json and file size"
    },
    {
      models: ["TheBloke/Mistral-7B-Instruct-v0.2-AWQ"],
      quantization: "awq",
      architecture: "MistralForCausalLM",
      dtype: "bfloat16",
      parametersB: 7.24,
      weightsGiB: 3.88,
      kvBytesPerToken: 131072,
      maxPositionEmbeddings: 32768,
      source: "published file size 4.15 GB (3.865 GiB) and vLLM's usual 0.00 to 0.06 GiB above it; no published start log"
    },
    {
      models: ["mistralai/Mistral-7B-Instruct-v0.2"],
      architecture: "MistralForCausalLM",
      dtype: "bfloat16",
      parametersB: 7.24,
      weightsGiB: 13.4976,
      kvBytesPerToken: 131072,
      maxPositionEmbeddings: 32768,
      source: "vllm-4760: load log of the same shape in 16 bit"
    },
    {
      models: ["mistralai/Mistral-7B-Instruct-v0.3"],
      architecture: "MistralForCausalLM",
      dtype: "bfloat16",
      parametersB: 7.25,
      weightsGiB: 13.5,
      kvBytesPerToken: 131072,
      maxPositionEmbeddings: 32768,
      source: "published file size"
    },
    {
      models: ["unsloth/mistral-7b-instruct-v0.3-bnb-4bit"],
      quantization: "bitsandbytes",
      architecture: "MistralForCausalLM",
      dtype: "bfloat16",
      parametersB: 7.25,
      weightsGiB: 4.0423,
      kvBytesPerToken: 131072,
      maxPositionEmbeddings: 32768,
      source: "unsloth-g-mistral7b-4090"
    },
    {
      models: [
        "meta-llama/Llama-3.1-8B-Instruct",
        "meta-llama/Meta-Llama-3.1-8B-Instruct"
      ],
      architecture: "LlamaForCausalLM",
      dtype: "bfloat16",
      parametersB: 8.03,
      weightsGiB: 14.9888,
      kvBytesPerToken: 131072,
      maxPositionEmbeddings: 131072,
      source: "vllm-10517-3090-20000: load log"
    },
    {
      models: ["unsloth/meta-llama-3.1-8b-instruct-unsloth-bnb-4bit"],
      quantization: "bitsandbytes",
      architecture: "LlamaForCausalLM",
      dtype: "float16",
      parametersB: 8.03,
      weightsGiB: 5.6,
      kvBytesPerToken: 131072,
      maxPositionEmbeddings: 131072,
      source: "unsloth-d-llama31-8b-t4"
    },
    {
      models: [
        "unsloth/Llama-3.2-3B-Instruct",
        "meta-llama/Llama-3.2-3B-Instruct"
      ],
      architecture: "LlamaForCausalLM",
      dtype: "bfloat16",
      parametersB: 3.21,
      weightsGiB: 6.2473,
      kvBytesPerToken: 114688,
      maxPositionEmbeddings: 131072,
      source: "unsloth-b-llama32-3b-t4 (with LoRA buffers)"
    },
    {
      models: ["Qwen/Qwen3-0.6B"],
      architecture: "Qwen3ForCausalLM",
      dtype: "bfloat16",
      parametersB: 0.6,
      weightsGiB: 1.12,
      kvBytesPerToken: 114688,
      maxPositionEmbeddings: 40960,
      source: "published load figure"
    },
    {
      models: ["Qwen/Qwen2.5-0.5B-Instruct"],
      architecture: "Qwen2ForCausalLM",
      dtype: "bfloat16",
      parametersB: 0.49,
      weightsGiB: 0.928,
      kvBytesPerToken: 12288,
      maxPositionEmbeddings: 32768,
      source: "load figure of Qwen2-0.5B, the same shape"
    },
    {
      models: ["Qwen/Qwen2.5-0.5B-Instruct-AWQ"],
      quantization: "awq",
      architecture: "Qwen2ForCausalLM",
      dtype: "float16",
      parametersB: 0.49,
      weightsGiB: 0.4315,
      kvBytesPerToken: 12288,
      maxPositionEmbeddings: 32768,
      source: "published load log (vllm#16141)"
    },
    {
      models: ["Qwen/Qwen2.5-1.5B-Instruct"],
      architecture: "Qwen2ForCausalLM",
      dtype: "bfloat16",
      parametersB: 1.54,
      weightsGiB: 2.8871,
      kvBytesPerToken: 28672,
      maxPositionEmbeddings: 32768,
      source: "published load log"
    },
    {
      models: ["unsloth/qwen2.5-3b-instruct-unsloth-bnb-4bit"],
      quantization: "bitsandbytes",
      architecture: "Qwen2ForCausalLM",
      dtype: "bfloat16",
      parametersB: 3.09,
      weightsGiB: 2.22,
      kvBytesPerToken: 36864,
      maxPositionEmbeddings: 32768,
      source: "published load log"
    },
    {
      models: ["Qwen/Qwen2.5-7B-Instruct", "Qwen/Qwen2-7B-Instruct"],
      architecture: "Qwen2ForCausalLM",
      dtype: "bfloat16",
      parametersB: 7.62,
      weightsGiB: 14.2487,
      kvBytesPerToken: 57344,
      maxPositionEmbeddings: 32768,
      source: "vllm-15360 and dennislee-7b-1x80-025"
    },
    {
      models: ["Qwen/Qwen3-4B"],
      architecture: "Qwen3ForCausalLM",
      dtype: "bfloat16",
      parametersB: 4.02,
      weightsGiB: 7.6334,
      kvBytesPerToken: 147456,
      maxPositionEmbeddings: 40960,
      source: "load log of Qwen3-4B-Base (with LoRA buffers)"
    },
    {
      models: ["Qwen/Qwen3-8B"],
      architecture: "Qwen3ForCausalLM",
      dtype: "bfloat16",
      parametersB: 8.19,
      weightsGiB: 15.27,
      kvBytesPerToken: 147456,
      maxPositionEmbeddings: 40960,
      source: "published load figure"
    },
    {
      models: ["Qwen/Qwen3-8B-AWQ"],
      quantization: "awq",
      architecture: "Qwen3ForCausalLM",
      dtype: "float16",
      parametersB: 8.19,
      weightsGiB: 5.68,
      kvBytesPerToken: 147456,
      maxPositionEmbeddings: 40960,
      source: "published load figure"
    },
    {
      models: ["unsloth/Qwen3-8B-FP8"],
      quantization: "fp8",
      architecture: "Qwen3ForCausalLM",
      dtype: "bfloat16",
      parametersB: 8.19,
      weightsGiB: 8.9638,
      kvBytesPerToken: 147456,
      maxPositionEmbeddings: 40960,
      source: "unsloth-l-qwen3-8b-fp8-l4 (with LoRA buffers)"
    },
    {
      models: ["Qwen/Qwen3-32B"],
      architecture: "Qwen3ForCausalLM",
      dtype: "bfloat16",
      parametersB: 32.8,
      weightsGiB: 61.03,
      kvBytesPerToken: 262144,
      maxPositionEmbeddings: 40960,
      source: "published load figure"
    },
    {
      models: ["microsoft/phi-4"],
      architecture: "Phi3ForCausalLM",
      dtype: "bfloat16",
      parametersB: 14.7,
      weightsGiB: 27.31,
      kvBytesPerToken: 204800,
      maxPositionEmbeddings: 16384,
      source: "published file size"
    },
    {
      models: ["unsloth/phi-4-bnb-4bit"],
      quantization: "bitsandbytes",
      architecture: "LlamaForCausalLM",
      dtype: "bfloat16",
      parametersB: 14.7,
      weightsGiB: 8.49,
      kvBytesPerToken: 204800,
      maxPositionEmbeddings: 16384,
      source: "unsloth-h-phi4-t4"
    },
    {
      models: ["microsoft/Phi-4-mini-instruct"],
      architecture: "Phi3ForCausalLM",
      dtype: "bfloat16",
      parametersB: 3.84,
      weightsGiB: 7.15,
      kvBytesPerToken: 131072,
      maxPositionEmbeddings: 131072,
      source: "published file size"
    },
    {
      models: [
        "meta-llama/Llama-3.1-70B-Instruct",
        "meta-llama/Llama-3.3-70B-Instruct"
      ],
      architecture: "LlamaForCausalLM",
      dtype: "bfloat16",
      parametersB: 70.6,
      weightsGiB: 131.42,
      kvBytesPerToken: 327680,
      maxPositionEmbeddings: 131072,
      source: "published file size"
    }
  ]
};

// packages/dev-cluster/src/model-server/startup/recordedStarts.ts
var same = (a, b) => a.toLowerCase() === b.toLowerCase();
function findGpu(name) {
  return recorded_starts_default.gpus.find(
    (gpu) => same(gpu.name, name) || gpu.aliases.some((alias) => same(alias, name))
  );
}
function findOverhead(gpu) {
  return recorded_starts_default.overheads.find((row) => row.gpu === gpu.name);
}
function findStart(model, gpu, gpuMemoryUtilization) {
  return recorded_starts_default.starts.find(
    (row) => same(row.model, model) && row.gpu === gpu.name && Math.abs(row.gpuMemoryUtilization - gpuMemoryUtilization) < 1e-6
  );
}
function sizeFromName(model) {
  const match = /(?:^|[-_/.])(\d+(?:\.\d+)?)\s?([bm])(?![a-z0-9])/i.exec(model);
  if (!match) {
    return void 0;
  }
  const amount = Number(match[1]);
  return match[2].toLowerCase() === "m" ? amount / 1e3 : amount;
}
function quantizationFromName(model) {
  const match = /(awq|gptq|fp8|bnb)/i.exec(model.split("/").at(-1) ?? "");
  const word = match?.[1].toLowerCase();
  return word === "bnb" ? "bitsandbytes" : word;
}
function findCheckpoint(model) {
  const checkpoints = recorded_starts_default.checkpoints;
  const recorded = checkpoints.find(
    (row) => row.models.some((name) => same(name, model))
  );
  if (recorded) {
    return { ...recorded, recorded: true };
  }
  const size = sizeFromName(model);
  if (!size) {
    return void 0;
  }
  const quantization = quantizationFromName(model);
  const kind = quantization === "gptq" ? "awq" : quantization;
  const distance = (row) => Math.abs(Math.log(row.parametersB / size));
  const [nearest] = checkpoints.filter((row) => row.quantization === kind).sort((a, b) => distance(a) - distance(b));
  return {
    ...nearest,
    models: [model],
    quantization,
    parametersB: size,
    weightsGiB: nearest.weightsGiB * size / nearest.parametersB,
    source: `scaled by size from ${nearest.models[0]}`,
    recorded: false
  };
}

// packages/dev-cluster/src/model-server/startup/startFailure.ts
var StartFailure = class extends Error {
  constructor(where, message, type = "ValueError", configClass) {
    super(message);
    this.where = where;
    this.type = type;
    this.configClass = configClass;
    this.name = "StartFailure";
  }
  where;
  type;
  configClass;
};

// packages/dev-cluster/src/model-server/startup/engineConfig.ts
var TORCH_DTYPES = {
  half: "torch.float16",
  float16: "torch.float16",
  bfloat16: "torch.bfloat16",
  float: "torch.float32",
  float32: "torch.float32"
};
function configError(configClass, message) {
  return new StartFailure("config", message, "ValueError", configClass);
}
function resolveDtype(args, checkpoint, gpu) {
  if (args.dtype !== "auto") {
    return { dtype: TORCH_DTYPES[args.dtype] };
  }
  const dtype = TORCH_DTYPES[checkpoint.dtype];
  if (gpu && gpu.capability[0] < 8 && dtype === "torch.bfloat16") {
    return {
      dtype: "torch.float16",
      dtypeWarning: `Your device ${pythonRepr(gpu.name)} (with compute capability ${gpu.capability.join(".")}) doesn't support torch.bfloat16. Falling back to torch.float16 for compatibility.`
    };
  }
  return { dtype };
}
function resolveQuantization(args, checkpoint) {
  const asked = args.quantization?.replace(/_marlin$/, "");
  const own = checkpoint.quantization;
  if (own && asked && asked !== own) {
    throw configError(
      "ModelConfig",
      `Quantization method specified in the model config (${own}) does not match the quantization method specified in the \`quantization\` argument (${args.quantization}).`
    );
  }
  if (!own && (asked === "awq" || asked === "gptq")) {
    throw configError("VllmConfig", `Cannot find the config file for ${asked}`);
  }
  return args.quantization ?? own;
}
function resolveEngineConfig(args, gpuName) {
  const checkpoint = findCheckpoint(args.model);
  if (!checkpoint) {
    throw new StartFailure(
      "config",
      `The embedded cluster's stand-in for vLLM has no recorded figures for ${args.model} and its name says no size to derive them from.`,
      "RuntimeError"
    );
  }
  const gpu = gpuName === void 0 ? void 0 : findGpu(gpuName);
  if (gpuName !== void 0 && !gpu) {
    throw new StartFailure(
      "config",
      `The embedded cluster's stand-in for vLLM has no recorded starts on a GPU named '${gpuName}'.`,
      "RuntimeError"
    );
  }
  const { gpuMemoryUtilization, maxModelLen, tensorParallelSize } = args;
  const quantization = resolveQuantization(args, checkpoint);
  const { dtype, dtypeWarning } = resolveDtype(args, checkpoint, gpu);
  if (maxModelLen !== void 0 && maxModelLen > checkpoint.maxPositionEmbeddings) {
    throw configError(
      "ModelConfig",
      `User-specified max_model_len (${maxModelLen}) is greater than the derived max_model_len (max_position_embeddings=${checkpoint.maxPositionEmbeddings} or model_max_length=None in model's config.json). To allow overriding this maximum, set the env var VLLM_ALLOW_LONG_MAX_MODEL_LEN=1. VLLM_ALLOW_LONG_MAX_MODEL_LEN must be used with extreme caution. If the model uses relative position encoding (RoPE), positions exceeding derived_max_model_len lead to nan. If the model uses absolute position encoding, positions exceeding derived_max_model_len will cause a CUDA array out-of-bounds error.`
    );
  }
  if (gpuMemoryUtilization > 1 || gpuMemoryUtilization <= 0) {
    throw configError(
      "CacheConfig",
      `GPU memory utilization must be less than 1.0. Got ${pythonFloat(
        gpuMemoryUtilization
      )}.`
    );
  }
  if (tensorParallelSize > 1) {
    throw new StartFailure(
      "config",
      `--tensor-parallel-size ${tensorParallelSize} needs as many GPUs; a pod of the embedded cluster has one at most (vLLM would look for a Ray cluster here).`,
      "RuntimeError"
    );
  }
  if (quantization === "awq" && dtype !== "torch.float16") {
    throw configError(
      "VllmConfig",
      `${dtype} is not supported for quantization method awq. Supported dtypes: [torch.float16]`
    );
  }
  const large = gpu !== void 0 && gpu.totalGiB >= 70;
  const roomy = large && !gpu.name.includes("A100");
  const batched = args.maxNumBatchedTokens ?? (roomy ? 8192 : 2048);
  const gpuSeqs = roomy ? 1024 : 256;
  const seqs = gpu ? gpuSeqs : 128;
  return {
    checkpoint,
    gpu,
    dtype,
    dtypeWarning,
    quantization,
    maxModelLen: maxModelLen ?? checkpoint.maxPositionEmbeddings,
    maxNumSeqs: args.maxNumSeqs ?? Math.min(seqs, batched),
    maxNumBatchedTokens: batched
  };
}
function describeConfig(args, config) {
  const name = pythonRepr(args.model);
  const py = pythonRepr;
  return [
    `model=${name}`,
    "speculative_config=None",
    `tokenizer=${name}`,
    "skip_tokenizer_init=False",
    "tokenizer_mode=auto",
    `revision=${args.revision ?? "None"}`,
    "tokenizer_revision=None",
    `trust_remote_code=${py(args.trustRemoteCode)}`,
    `dtype=${config.dtype}`,
    `max_seq_len=${config.maxModelLen}`,
    `download_dir=${py(args.downloadDir)}`,
    "load_format=auto",
    `tensor_parallel_size=${args.tensorParallelSize}`,
    "pipeline_parallel_size=1",
    "data_parallel_size=1",
    `disable_custom_all_reduce=${py(!config.gpu)}`,
    `quantization=${config.quantization ?? "None"}`,
    `enforce_eager=${py(args.enforceEager)}`,
    `kv_cache_dtype=${args.kvCacheDtype}`,
    `device_config=${config.gpu ? "cuda" : "cpu"}`,
    `seed=${args.seed ?? 0}`,
    `served_model_name=${args.servedModelNames[0]}`,
    `enable_prefix_caching=${py(args.enablePrefixCaching)}`,
    "chunked_prefill_enabled=True",
    "pooler_config=None"
  ].join(", ");
}

// packages/dev-cluster/src/model-server/startup/memory.ts
var GIB = 2 ** 30;
function kvFigures(availableKvGiB, checkpoint, args) {
  const kvBytesPerToken = args.kvCacheDtype.startsWith("fp8") ? checkpoint.kvBytesPerToken / 2 : checkpoint.kvBytesPerToken;
  const kvBlocks = Math.max(
    0,
    Math.floor(availableKvGiB * GIB / (kvBytesPerToken * args.blockSize))
  );
  return { kvBytesPerToken, kvBlocks, kvTokens: kvBlocks * args.blockSize };
}
function gpuMemory(args, checkpoint, gpu) {
  const weightsGiB = checkpoint.weightsGiB / args.tensorParallelSize;
  const overhead = findOverhead(gpu);
  const start = args.tensorParallelSize === 1 ? findStart(args.model, gpu, args.gpuMemoryUtilization) : void 0;
  const availableKvGiB = start?.availableKvGiB ?? gpu.totalGiB * args.gpuMemoryUtilization - weightsGiB - overhead.overheadGiB;
  return {
    weightsGiB,
    availableKvGiB,
    cudaGraphsGiB: args.enforceEager ? 0 : overhead.cudaGraphsGiB,
    ...kvFigures(availableKvGiB, checkpoint, args),
    source: start ? start.source : `weights: ${checkpoint.source}; overhead: ${overhead.source}`,
    recorded: start !== void 0
  };
}
function cpuMemory(args, checkpoint, kvCacheSpaceGiB) {
  return {
    weightsGiB: checkpoint.weightsGiB,
    availableKvGiB: kvCacheSpaceGiB,
    cudaGraphsGiB: 0,
    ...kvFigures(kvCacheSpaceGiB, checkpoint, args),
    source: `KV cache space as VLLM_CPU_KVCACHE_SPACE gives it; weights: ${checkpoint.source}`,
    recorded: false
  };
}
function kvCacheError(memory, maxModelLen, blockSize) {
  if (memory.availableKvGiB <= 0) {
    return "No available memory for the cache blocks. Try increasing `gpu_memory_utilization` when initializing the engine.";
  }
  const neededGiB = Math.ceil(maxModelLen / blockSize) * blockSize * memory.kvBytesPerToken / GIB;
  if (neededGiB <= memory.availableKvGiB) {
    return void 0;
  }
  const estimate = memory.kvTokens > 0 ? `Based on the available memory, the estimated maximum model length is ${memory.kvTokens}.` : "";
  return `To serve at least one request with the models's max seq len (${maxModelLen}), (${neededGiB.toFixed(
    2
  )} GiB KV cache is needed, which is larger than the available KV cache memory (${memory.availableKvGiB.toFixed(2)} GiB). ${estimate} Try increasing \`gpu_memory_utilization\` or decreasing \`max_model_len\` when initializing the engine.`;
}

// packages/dev-cluster/src/model-server/startup/runStart.ts
var API = "APIServer";
var CORE = "EngineCore_DP0";
var CAPTURE_SIZES = 67;
var Stopwatch = class {
  constructor(now2) {
    this.now = now2;
    this.since = now2();
  }
  now;
  since;
  /** Seconds so far. */
  get seconds() {
    return (this.now() - this.since) / 1e3;
  }
};
function logBeginning(context) {
  const { args, log, gpuName } = context;
  const platform = gpuName === void 0 ? "cpu" : "cuda";
  log.info(
    void 0,
    "__init__.py:216",
    `Automatically detected platform ${platform}.`
  );
  log.info(API, "api_server.py:1839", "vLLM API server version 0.11.0");
  const given = args.nonDefault.map(
    ([name, value]) => `${pythonRepr(name)}: ${pythonRepr(value)}`
  );
  log.info(API, "utils.py:233", `non-default args: {${given.join(", ")}}`);
  const config = resolveEngineConfig(args, gpuName);
  log.info(
    API,
    "model.py:547",
    `Resolved architecture: ${config.checkpoint.architecture}`
  );
  if (config.dtypeWarning) {
    log.warning(API, "model.py:1682", config.dtypeWarning);
  }
  log.info(API, "model.py:1510", `Using max model len ${config.maxModelLen}`);
  log.info(
    API,
    "scheduler.py:205",
    `Chunked prefill is enabled with max_num_batched_tokens=${config.maxNumBatchedTokens}.`
  );
  return config;
}
async function loadWeights(context, config, memory) {
  const { args, log, gpuName } = context;
  const loading = new Stopwatch(context.now);
  log.info(
    CORE,
    gpuName ? "gpu_model_runner.py:2602" : "cpu_model_runner.py:106",
    `Starting to load model ${args.model}...`
  );
  if (config.gpu) {
    log.info(CORE, "gpu_model_runner.py:2634", "Loading model from scratch...");
    const backend = config.gpu.capability[0] >= 8 ? "Flash Attention" : "FlexAttention";
    log.info(
      CORE,
      config.gpu.capability[0] >= 8 ? "cuda.py:366" : "cuda.py:372",
      `Using ${backend} backend on V1 engine.`
    );
    if (memory.weightsGiB > config.gpu.totalGiB - 0.2) {
      const total = config.gpu.totalGiB;
      throw new StartFailure(
        "load",
        `CUDA out of memory. Tried to allocate 112.00 MiB. GPU 0 has a total capacity of ${total.toFixed(2)} GiB of which 73.69 MiB is free. Including non-PyTorch memory, this process has ${(total - 0.07).toFixed(2)} GiB memory in use. Of the allocated memory ${(total - 0.2).toFixed(2)} GiB is allocated by PyTorch, and 16.19 MiB is reserved by PyTorch but unallocated. If reserved but unallocated memory is large try setting PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True to avoid fragmentation.  See documentation for Memory Management  (https://pytorch.org/docs/stable/notes/cuda.html#environment-variables)`,
        "torch.OutOfMemoryError"
      );
    }
  } else {
    log.info(CORE, "cpu.py:105", "Using Torch SDPA backend.");
  }
  log.info(
    CORE,
    "weight_utils.py:392",
    "Using model weights format ['*.safetensors']"
  );
  if (!context.real && !await context.marker.exists()) {
    const download = new Stopwatch(context.now);
    await context.pause(1.2);
    log.info(
      CORE,
      "weight_utils.py:413",
      `Time spent downloading weights for ${args.model}: ${download.seconds.toFixed(6)} seconds`
    );
    await context.marker.write();
  }
  const shards = Math.max(1, Math.ceil(config.checkpoint.weightsGiB / 4.65));
  const reading = new Stopwatch(context.now);
  const progress = (done) => log.raw(
    CORE,
    `Loading safetensors checkpoint shards: ${String(
      Math.round(100 * done / shards)
    ).padStart(3)}% Completed | ${done}/${shards} [${reading.seconds.toFixed(
      0
    )}s]`
  );
  progress(0);
  const playShards = async () => {
    for (let done = 1; done <= shards; done++) {
      await context.pause(0.8 / shards);
      progress(done);
    }
  };
  await Promise.all([
    context.loadEngine(config),
    context.real ? void 0 : playShards()
  ]);
  if (context.real) {
    progress(shards);
  }
  log.info(
    CORE,
    "default_loader.py:267",
    `Loading weights took ${reading.seconds.toFixed(2)} seconds`
  );
  if (config.gpu) {
    log.info(
      CORE,
      "gpu_model_runner.py:2653",
      `Model loading took ${memory.weightsGiB.toFixed(
        4
      )} GiB and ${loading.seconds.toFixed(6)} seconds`
    );
  }
}
async function compileGraph(context) {
  const { log } = context;
  const compiling = new Stopwatch(context.now);
  await context.pause(0.3);
  log.info(
    CORE,
    "backends.py:548",
    "Using cache directory: /root/.cache/vllm/torch_compile_cache/llm-platform/rank_0_0/backbone for vLLM's torch.compile"
  );
  log.info(
    CORE,
    "backends.py:559",
    `Dynamo bytecode transform time: ${compiling.seconds.toFixed(2)} s`
  );
  const graph = new Stopwatch(context.now);
  await context.pause(0.5);
  log.info(
    CORE,
    "backends.py:197",
    "Cache the graph for dynamic shape for later use"
  );
  log.info(
    CORE,
    "backends.py:218",
    `Compiling a graph for dynamic shape takes ${graph.seconds.toFixed(2)} s`
  );
  log.info(
    CORE,
    "monitor.py:34",
    `torch.compile takes ${compiling.seconds.toFixed(2)} s in total`
  );
}
function checkKvCache(context, config, memory) {
  const { args, log } = context;
  if (config.gpu) {
    log.info(
      CORE,
      "gpu_worker.py:298",
      `Available KV cache memory: ${memory.availableKvGiB.toFixed(2)} GiB`
    );
  }
  const error = kvCacheError(memory, config.maxModelLen, args.blockSize);
  if (error) {
    throw new StartFailure("kv-cache", error);
  }
  log.info(
    CORE,
    "kv_cache_utils.py:1087",
    `GPU KV cache size: ${withThousands(memory.kvTokens)} tokens`
  );
  log.info(
    CORE,
    "kv_cache_utils.py:1091",
    `Maximum concurrency for ${withThousands(
      config.maxModelLen
    )} tokens per request: ${(memory.kvTokens / config.maxModelLen).toFixed(
      2
    )}x`
  );
}
async function captureGraphs(context, memory) {
  const { log } = context;
  const capturing = new Stopwatch(context.now);
  await context.pause(0.6);
  for (const kind of ["mixed prefill-decode, PIECEWISE", "decode, FULL"]) {
    const size = kind.startsWith("mixed") ? CAPTURE_SIZES : CAPTURE_SIZES - 32;
    log.raw(
      CORE,
      `Capturing CUDA graphs (${kind}): 100%|\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588| ${size}/${size}`
    );
  }
  log.info(
    CORE,
    "gpu_model_runner.py:3480",
    `Graph capturing finished in ${capturing.seconds.toFixed(
      0
    )} secs, took ${memory.cudaGraphsGiB.toFixed(2)} GiB`
  );
}
async function warmUp(context, config, memory) {
  const { args, log } = context;
  const initializing = new Stopwatch(context.now);
  if (config.gpu) {
    if (!args.enforceEager) {
      await compileGraph(context);
    }
    checkKvCache(context, config, memory);
    if (!args.enforceEager) {
      await captureGraphs(context, memory);
    }
  } else {
    checkKvCache(context, config, memory);
    log.info(
      CORE,
      "cpu_model_runner.py:117",
      "Warming up model for the compilation..."
    );
    await context.pause(0.5);
    log.info(CORE, "cpu_model_runner.py:121", "Warming up done.");
  }
  log.info(
    CORE,
    "core.py:210",
    `init engine (profile, create kv cache, warmup model) took ${initializing.seconds.toFixed(
      2
    )} seconds`
  );
}
async function runStart(context) {
  const { args, log } = context;
  const config = logBeginning(context);
  const memory = config.gpu ? gpuMemory(args, config.checkpoint, config.gpu) : cpuMemory(args, config.checkpoint, context.kvCacheSpaceGiB ?? 4);
  if (!memory.recorded || !config.checkpoint.recorded) {
    log.raw(
      void 0,
      `# simulated figures, no recorded start of exactly this kind: ${memory.source}`
    );
  } else {
    log.raw(void 0, `# recorded figures: ${memory.source}`);
  }
  if (!config.gpu && context.kvCacheSpaceGiB === void 0) {
    log.warning(
      API,
      "cpu.py:117",
      "Environment variable VLLM_CPU_KVCACHE_SPACE (GiB) for CPU backend is not set, using 4 by default."
    );
  }
  await context.pause(0.4);
  log.info(CORE, "core.py:644", "Waiting for init message from front-end.");
  log.info(
    CORE,
    "core.py:77",
    `Initializing a V1 LLM engine (v0.11.0) with config: ${describeConfig(
      args,
      config
    )}`
  );
  if (config.gpu) {
    if (config.dtype === "torch.bfloat16" && config.gpu.capability[0] < 8) {
      throw new StartFailure(
        "device",
        `Bfloat16 is only supported on GPUs with compute capability of at least 8.0. Your ${config.gpu.name} GPU has compute capability ${config.gpu.capability.join(
          "."
        )}. You can use float16 instead by explicitly setting the \`dtype\` flag in CLI, for example: --dtype=half.`
      );
    }
  }
  log.info(
    CORE,
    "parallel_state.py:1208",
    "rank 0 in world size 1 is assigned as DP rank 0, PP rank 0, TP rank 0, EP rank 0"
  );
  await context.pause(0.2);
  await loadWeights(context, config, memory);
  await warmUp(context, config, memory);
  log.info(
    API,
    "loggers.py:147",
    `Engine 000: vllm cache_config_info with initialization after num_gpu_blocks is: ${memory.kvBlocks}`
  );
  log.info(API, "api_server.py:1634", "Supported_tasks: ['generate']");
  return { config, memory };
}

// packages/dev-cluster/src/model-server/startup/tracebacks.ts
var PACKAGE = "/usr/local/lib/python3.12/dist-packages/vllm";
var CORE2 = `${PACKAGE}/v1/engine/core.py`;
var KV = `${PACKAGE}/v1/core/kv_cache_utils.py`;
var ENGINE_FRAMES = [
  [
    CORE2,
    699,
    "run_engine_core",
    "engine_core = EngineCoreProc(*args, **kwargs)"
  ],
  [
    CORE2,
    498,
    "__init__",
    "super().__init__(vllm_config, executor_class, log_stats,"
  ]
];
var EXECUTOR_FRAMES = [
  [CORE2, 83, "__init__", "self.model_executor = executor_class(vllm_config)"],
  [
    `${PACKAGE}/executor/executor_base.py`,
    54,
    "__init__",
    "self._init_executor()"
  ]
];
var FRAMES = {
  "kv-cache": [
    [CORE2, 92, "__init__", "self._initialize_kv_caches(vllm_config)"],
    [
      CORE2,
      199,
      "_initialize_kv_caches",
      "kv_cache_configs = get_kv_cache_configs(vllm_config, kv_cache_specs,"
    ],
    [
      KV,
      1243,
      "get_kv_cache_configs",
      "check_enough_kv_cache_memory(vllm_config, kv_cache_spec_one_worker,"
    ],
    [KV, 699, "check_enough_kv_cache_memory", "raise ValueError("]
  ],
  device: [
    ...EXECUTOR_FRAMES,
    [
      `${PACKAGE}/executor/uniproc_executor.py`,
      54,
      "_init_executor",
      'self.collective_rpc("init_device")'
    ],
    [
      `${PACKAGE}/v1/worker/gpu_worker.py`,
      163,
      "init_device",
      "current_platform.check_if_supports_dtype(self.model_config.dtype)"
    ]
  ],
  load: [
    ...EXECUTOR_FRAMES,
    [
      `${PACKAGE}/executor/uniproc_executor.py`,
      55,
      "_init_executor",
      'self.collective_rpc("load_model")'
    ],
    [
      `${PACKAGE}/v1/worker/gpu_model_runner.py`,
      2635,
      "load_model",
      "self.model = model_loader.load_model("
    ]
  ]
};
function traceback(frames, error) {
  const lines = frames.map(
    ([file, line, fn, code]) => `  File "${file}", line ${line}, in ${fn}
    ${code}`
  );
  return ["Traceback (most recent call last):", ...lines, error].join("\n");
}
function apiServerFrames(last) {
  const api = `${PACKAGE}/entrypoints/openai/api_server.py`;
  return [
    ["<frozen runpy>", 198, "_run_module_as_main", ""],
    ["<frozen runpy>", 88, "_run_code", ""],
    [api, 1953, "<module>", "uvloop.run(run_server(args))"],
    [
      api,
      1884,
      "run_server",
      "await run_server_worker(listen_address, sock, args, **uvicorn_kwargs)"
    ],
    [api, 1902, "run_server_worker", "async with build_async_engine_client("],
    ...last
  ];
}
function printStartFailure(log, failure) {
  if (failure.where === "config") {
    const error2 = failure.configClass ? [
      `pydantic_core._pydantic_core.ValidationError: 1 validation error for ${failure.configClass}`,
      `  Value error, ${failure.message} [type=value_error, input_value=ArgsKwargs((), {}), input_type=ArgsKwargs]`,
      "    For further information visit https://errors.pydantic.dev/2.11/v/value_error"
    ].join("\n") : `${failure.type}: ${failure.message}`;
    log.raw(
      "APIServer",
      traceback(
        apiServerFrames([
          [
            `${PACKAGE}/engine/arg_utils.py`,
            1142,
            "create_engine_config",
            "model_config = self.create_model_config()"
          ]
        ]),
        error2
      ).replace(/\n {4}\n/g, "\n")
    );
    return;
  }
  const error = `${failure.type}: ${failure.message}`;
  const inner = traceback([...ENGINE_FRAMES, ...FRAMES[failure.where]], error);
  log.error("EngineCore_DP0", "core.py:708", "EngineCore failed to start.");
  log.error("EngineCore_DP0", "core.py:708", inner);
  log.raw("EngineCore_DP0", `Process EngineCore_DP0:
${inner}`);
  log.raw(
    "APIServer",
    traceback(
      apiServerFrames([
        [
          `${PACKAGE}/v1/engine/core_client.py`,
          448,
          "__init__",
          "with launch_core_engines(vllm_config, executor_class,"
        ],
        [
          `${PACKAGE}/v1/engine/utils.py`,
          785,
          "wait_for_engine_startup",
          'raise RuntimeError("Engine core initialization failed. "'
        ]
      ]),
      "RuntimeError: Engine core initialization failed. See root cause above. Failed core proc(s): {'EngineCore_DP0': 1}"
    ).replace(/\n {4}\n/g, "\n")
  );
}

// packages/dev-cluster/src/model-server/startup/vllmLog.ts
var two = (value) => String(value).padStart(2, "0");
function stamp(date) {
  return `${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())} ${two(
    date.getUTCHours()
  )}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}
var VllmLog = class {
  constructor(io) {
    this.io = io;
  }
  io;
  /** A line without level and time: progress bars, tracebacks, uvicorn. */
  raw(process2, text) {
    const prefix = process2 ? `(${process2} pid=${this.io.pid}) ` : "";
    for (const line of text.split("\n")) {
      this.io.write(`${prefix}${line}`);
    }
  }
  info(process2, place, text) {
    this.line(process2, "INFO", place, text);
  }
  warning(process2, place, text) {
    this.line(process2, "WARNING", place, text);
  }
  error(process2, place, text) {
    this.line(process2, "ERROR", place, text);
  }
  line(process2, level, place, text) {
    const prefix = `${level} ${stamp(this.io.now())} [${place}] `;
    this.raw(
      process2,
      text.split("\n").map((line) => prefix + line).join("\n")
    );
  }
};

// packages/dev-cluster/src/model-server/http/sampling.ts
var MAX_STOPS = 64;
var MAX_STOP_LENGTH = 1e3;
var UNSUPPORTED = [
  ["logprobs", (value) => value !== false],
  ["top_logprobs", (value) => value !== 0],
  ["prompt_logprobs", () => true],
  ["logit_bias", (value) => Object.keys(value).length > 0],
  ["allowed_token_ids", () => true],
  ["bad_words", (value) => value.length > 0],
  ["use_beam_search", (value) => value === true],
  ["logits_processors", () => true],
  ["structured_outputs", () => true],
  ["guided_json", () => true],
  ["guided_regex", () => true],
  ["guided_choice", () => true],
  ["guided_grammar", () => true],
  ["prompt_embeds", () => true],
  ["truncate_prompt_tokens", () => true],
  ["continue_final_message", (value) => value === true],
  ["chat_template", () => true]
];
function refuseUnsupported(fields) {
  for (const [name, isAsked] of UNSUPPORTED) {
    const value = fields.raw(name);
    if (value !== void 0 && isAsked(value)) {
      throw notSupported(`\`${name}\` is`, name);
    }
  }
  const n = fields.integer("n") ?? 1;
  if (n < 1) {
    throw badRequest(`n must be at least 1, got ${n}.`, "n");
  }
  if (n > 1 || (fields.integer("best_of") ?? 1) > 1) {
    throw notSupported(`n=${n}: more than one choice per request is`, "n");
  }
  const format = fields.object("response_format");
  if (format && format.type !== "text") {
    throw notSupported(
      `response_format of type '${String(format.type)}' is`,
      "response_format"
    );
  }
  const tools = fields.raw("tools");
  const choice = fields.raw("tool_choice");
  if (Array.isArray(tools) && tools.length > 0 && choice !== "none") {
    throw badRequest(
      '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'
    );
  }
}
function checkRange(name, value, low, high) {
  if (value < low || value > high) {
    throw badRequest(
      `${name} must be in [${low}, ${high}], got ${pythonFloat(value)}.`,
      name
    );
  }
}
function readSampling(fields, defaults) {
  const temperature = fields.number("temperature") ?? defaults.temperature ?? 1;
  const topP = fields.number("top_p") ?? defaults.topP ?? 1;
  const topK = fields.integer("top_k") ?? defaults.topK ?? 0;
  const minP = fields.number("min_p") ?? defaults.minP ?? 0;
  const presencePenalty = fields.number("presence_penalty") ?? 0;
  const frequencyPenalty = fields.number("frequency_penalty") ?? 0;
  const repetitionPenalty = fields.number("repetition_penalty") ?? defaults.repetitionPenalty ?? 1;
  const seed = fields.integer("seed");
  const minTokens = fields.integer("min_tokens") ?? 0;
  const ignoreEos = fields.boolean("ignore_eos") ?? false;
  const stopTokenIds = fields.integers("stop_token_ids") ?? [];
  fields.check();
  refuseUnsupported(fields);
  fields.check();
  checkRange("presence_penalty", presencePenalty, -2, 2);
  checkRange("frequency_penalty", frequencyPenalty, -2, 2);
  checkRange("min_p", minP, 0, 1);
  if (repetitionPenalty <= 0) {
    throw badRequest(
      `repetition_penalty must be greater than zero, got ${pythonFloat(
        repetitionPenalty
      )}.`
    );
  }
  if (temperature < 0) {
    throw badRequest(
      `temperature must be non-negative, got ${pythonFloat(temperature)}.`,
      "temperature"
    );
  }
  if (topP <= 0 || topP > 1) {
    throw badRequest(
      `top_p must be in (0, 1], got ${pythonFloat(topP)}.`,
      "top_p"
    );
  }
  if (topK < -1) {
    throw badRequest(
      `top_k must be 0 (disable), or at least 1, got ${topK}.`,
      "top_k"
    );
  }
  if (minTokens < 0) {
    throw badRequest(
      `min_tokens must be greater than or equal to 0, got ${minTokens}.`
    );
  }
  return {
    // vLLM takes anything smaller as greedy.
    temperature: temperature < 1e-5 ? 0 : temperature,
    topP,
    topK: Math.max(0, topK),
    minP,
    presencePenalty,
    frequencyPenalty,
    repetitionPenalty,
    seed,
    ignoreEos,
    minTokens,
    stopTokenIds
  };
}
function readStop(fields) {
  const stop = fields.strings("stop") ?? [];
  fields.check();
  if (stop.some((text) => text === "")) {
    throw badRequest("stop cannot contain an empty string.", "stop");
  }
  if (stop.length > MAX_STOPS || stop.some((text) => text.length > MAX_STOP_LENGTH)) {
    throw badRequest(
      `stop takes at most ${MAX_STOPS} strings of ${MAX_STOP_LENGTH} characters here.`,
      "stop"
    );
  }
  return stop;
}

// packages/dev-cluster/src/model-server/http/answerRequest.ts
function checkModel(fields, server) {
  const model = fields.string("model");
  fields.check();
  const [canonical] = server.servedModelNames;
  if (model === void 0) {
    return canonical;
  }
  if (!server.servedModelNames.includes(model)) {
    throw new ApiError(
      404,
      "NotFoundError",
      `The model \`${model}\` does not exist.`,
      "model"
    );
  }
  return model;
}
function readShape(fields) {
  const stream = fields.boolean("stream") ?? false;
  const options = fields.object("stream_options");
  fields.check();
  if (options && !stream) {
    throw badRequest("Stream options can only be defined when `stream=True`.");
  }
  const includeUsage = options?.include_usage === true;
  return {
    stream,
    includeUsage,
    continuousUsage: includeUsage && options?.continuous_usage_stats === true
  };
}
function checkLength(promptTokens, asked, server) {
  const { maxModelLen, engine } = server;
  const count = promptTokens.length;
  if (count === 0) {
    throw badRequest("The prompt cannot be empty.", "prompt");
  }
  if (count >= maxModelLen) {
    throw badRequest(
      `This model's maximum context length is ${maxModelLen} tokens. However, your request has ${count} input tokens. Please reduce the length of the input messages.`
    );
  }
  if (asked !== void 0 && asked < 1) {
    throw badRequest(
      `max_tokens must be at least 1, got ${asked}.`,
      "max_tokens"
    );
  }
  if (asked !== void 0 && count + asked > maxModelLen) {
    throw badRequest(
      `'max_tokens' or 'max_completion_tokens' is too large: ${asked}. This model's maximum context length is ${maxModelLen} tokens and your request has ${count} input tokens (${asked} > ${maxModelLen} - ${count}).`
    );
  }
  if (count >= engine.contextSize) {
    throw badRequest(
      `The prompt has ${count} tokens; ${engine.name}, which answers for ${server.model} on the embedded cluster, holds ${engine.contextSize}.`
    );
  }
  return Math.min(
    asked ?? maxModelLen - count,
    maxModelLen - count,
    engine.contextSize - count
  );
}
function readAnswerRequest(fields, prompt, defaultMaxTokens, server) {
  const sampling = readSampling(fields, server.samplingDefaults);
  const stop = readStop(fields);
  const asked = fields.integer("max_completion_tokens") ?? fields.integer("max_tokens") ?? defaultMaxTokens;
  const includeStop = fields.boolean("include_stop_str_in_output") ?? false;
  fields.check();
  const promptTokens = typeof prompt[0] === "number" ? prompt : server.engine.tokenize(prompt);
  const maxTokens = checkLength(promptTokens, asked, server);
  if (sampling.minTokens > maxTokens) {
    throw badRequest(
      `min_tokens must be less than or equal to max_tokens=${maxTokens}, got ${sampling.minTokens}.`
    );
  }
  return { promptTokens, maxTokens, sampling, stop, includeStop };
}

// packages/dev-cluster/src/model-server/http/fields.ts
var Fields = class {
  constructor(body) {
    this.body = body;
  }
  body;
  problems = [];
  /** The raw value; `undefined` for an explicit null too. */
  raw(name) {
    return this.body[name] ?? void 0;
  }
  number(name) {
    return this.typed(
      name,
      "float_type",
      "Input should be a valid number",
      (v) => typeof v === "number" && Number.isFinite(v) ? v : void 0
    );
  }
  integer(name) {
    return this.typed(
      name,
      "int_type",
      "Input should be a valid integer",
      (v) => Number.isSafeInteger(v) ? v : void 0
    );
  }
  boolean(name) {
    return this.typed(
      name,
      "bool_type",
      "Input should be a valid boolean",
      (v) => typeof v === "boolean" ? v : void 0
    );
  }
  string(name) {
    return this.typed(
      name,
      "string_type",
      "Input should be a valid string",
      (v) => typeof v === "string" ? v : void 0
    );
  }
  object(name) {
    return this.typed(
      name,
      "dict_type",
      "Input should be a valid dictionary",
      (v) => typeof v === "object" && v !== null && !Array.isArray(v) ? v : void 0
    );
  }
  strings(name) {
    return this.typed(
      name,
      "list_type",
      "Input should be a valid string or list of strings",
      (v) => {
        const list = typeof v === "string" ? [v] : v;
        return Array.isArray(list) && list.every((x) => typeof x === "string") ? list : void 0;
      }
    );
  }
  integers(name) {
    return this.typed(
      name,
      "list_type",
      "Input should be a valid list of integers",
      (v) => Array.isArray(v) && v.every(Number.isSafeInteger) ? v : void 0
    );
  }
  /** Notes a problem at a place in the body. */
  problem(location, type, message) {
    const place = ["body", ...location].map((part) => typeof part === "number" ? String(part) : `'${part}'`).join(", ");
    this.problems.push(
      `{'type': '${type}', 'loc': (${place}), 'msg': '${message}'}`
    );
  }
  missing(name) {
    this.problem([name], "missing", "Field required");
  }
  /** Throws when anything had the wrong type. */
  check() {
    if (this.problems.length > 0) {
      throw invalidBody(this.problems);
    }
  }
  typed(name, type, message, read) {
    const value = this.raw(name);
    if (value === void 0) {
      return void 0;
    }
    const result = read(value);
    if (result === void 0) {
      this.problem([name], type, message);
    }
    return result;
  }
};

// packages/dev-cluster/src/model-server/http/messages.ts
var ROLES = ["system", "developer", "user", "assistant", "tool"];
var MAX_MESSAGES = 1e3;
function readParts(fields, index, parts, model) {
  const texts = parts.map((part, at) => {
    const { type, text } = part ?? {};
    if (type === "text" && typeof text === "string") {
      return text;
    }
    if (typeof type === "string" && type !== "text") {
      throw badRequest(`${model} is not a multimodal model`);
    }
    fields.problem(
      ["messages", index, "content", at, "text"],
      "string_type",
      "Input should be a valid string"
    );
    return "";
  });
  return texts.join("\n");
}
function readMessages(fields, model) {
  const messages = fields.raw("messages");
  if (messages === void 0) {
    fields.missing("messages");
    fields.check();
  }
  if (!Array.isArray(messages) || messages.length > MAX_MESSAGES) {
    fields.problem(
      ["messages"],
      "list_type",
      `Input should be a valid list of at most ${MAX_MESSAGES} messages`
    );
    fields.check();
  }
  const turns = messages.map((message, index) => {
    const { role, content } = message ?? {};
    if (typeof role !== "string" || !ROLES.includes(role)) {
      fields.problem(
        ["messages", index, "role"],
        "literal_error",
        `Input should be one of ${ROLES.join(", ")}`
      );
      return { role: "user", content: "" };
    }
    const turnRole = role === "developer" ? "system" : role;
    if (typeof content === "string") {
      return { role: turnRole, content };
    }
    if (Array.isArray(content)) {
      return {
        role: turnRole,
        content: readParts(fields, index, content, model)
      };
    }
    if ((content === void 0 || content === null) && role === "assistant") {
      return { role: turnRole, content: "" };
    }
    fields.problem(
      ["messages", index, "content"],
      "string_type",
      "Input should be a valid string"
    );
    return { role: turnRole, content: "" };
  });
  fields.check();
  if (turns.length === 0) {
    throw badRequest("messages must contain at least one message.", "messages");
  }
  return turns;
}

// packages/dev-cluster/src/model-server/http/readJson.ts
var MAX_BODY_BYTES = 4 * 1024 * 1024;
function readBody(request) {
  return new Promise((resolve, reject) => {
    const parts = [];
    let size = 0;
    request.on("data", (part) => {
      size += part.length;
      if (size <= MAX_BODY_BYTES) {
        parts.push(part);
        return;
      }
      parts.length = 0;
      reject(
        new ApiError(
          413,
          "Request Entity Too Large",
          `The request body is larger than ${MAX_BODY_BYTES} bytes.`
        )
      );
    });
    request.on("end", () => resolve(Buffer.concat(parts)));
    request.on("error", reject);
  });
}
async function readJson(request) {
  const type = (request.headers["content-type"] ?? "").split(";", 1)[0].trim().toLowerCase();
  if (type !== "application/json") {
    throw invalidBody([
      "Unsupported Media Type: Only 'application/json' is allowed"
    ]);
  }
  const body = await readBody(request);
  let parsed;
  try {
    parsed = JSON.parse(body.toString("utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidBody([
      `{'type': 'json_invalid', 'loc': ('body', 0), 'msg': 'JSON decode error', 'ctx': {'error': ${JSON.stringify(
        reason
      )}}}`
    ]);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw invalidBody([
      "{'type': 'model_attributes_type', 'loc': ('body',), 'msg': 'Input should be a valid dictionary or object to extract fields from'}"
    ]);
  }
  return parsed;
}

// packages/dev-cluster/src/model-server/http/requestId.ts
var import_node_crypto3 = require("node:crypto");
function requestId(prefix, request) {
  const given = request.headers["x-request-id"];
  const usable = typeof given === "string" && /^[\w.:-]{1,128}$/.test(given);
  return `${prefix}-${usable ? given : (0, import_node_crypto3.randomBytes)(16).toString("hex")}`;
}

// packages/dev-cluster/src/model-server/labels.ts
var REAL_MODEL = "HuggingFaceTB/SmolLM2-135M-Instruct";
var SIMULATED_HEADER = "x-llm-platform-simulated";
function isRealModel(model) {
  return model.toLowerCase() === REAL_MODEL.toLowerCase();
}
function bannerLine(args, gpu) {
  const answers = isRealModel(args.model) ? "answers are real, by SmolLM2-135M-Instruct's four-bit weights on the CPU" : `answers come from SmolLM2-135M-Instruct instead of ${args.model}`;
  const figures = gpu ? `the ${gpu}, its memory figures and the loading of weights are simulated` : "memory figures are those of the CPU backend, simulated";
  return `# This is the embedded cluster's stand-in for vLLM 0.11.0: ${answers}; ${figures}. The lines below are in vLLM's format.`;
}
function simulatedLabel(args, engine, gpu) {
  if (engine.unavailable !== void 0) {
    return `model file unavailable: ${engine.unavailable}`;
  }
  const parts = [];
  if (!isRealModel(args.model)) {
    parts.push(
      `answered by SmolLM2-135M-Instruct on the CPU instead of ${args.model}`
    );
  }
  if (gpu) {
    parts.push(`the ${gpu} and its memory figures are simulated`);
  }
  return parts.length > 0 ? parts.join("; ") : void 0;
}

// packages/dev-cluster/src/model-server/http/eventStream.ts
var import_node_events = require("node:events");
var EventStream = class {
  constructor(response, signal) {
    this.response = response;
    this.signal = signal;
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform"
    });
    response.flushHeaders();
  }
  response;
  signal;
  async send(data) {
    if (this.signal.aborted) {
      return;
    }
    const text = typeof data === "string" ? data : JSON.stringify(data);
    if (!this.response.write(`data: ${text}

`)) {
      await (0, import_node_events.once)(this.response, "drain", { signal: this.signal }).catch(
        () => void 0
      );
    }
  }
  end() {
    this.response.end();
  }
};

// packages/dev-cluster/src/model-server/http/sendAnswer.ts
function mark(body, server) {
  return server.simulated === void 0 ? body : { ...body, x_simulated: server.simulated };
}
async function sendWhole(job, response) {
  const { server, request, format, identity, signal } = job;
  const answer = server.generator.answer(request, signal);
  const texts = [];
  let end;
  while (end === void 0) {
    const next = await answer.next();
    if (next.done) {
      end = next.value;
    } else {
      texts.push(next.value.text);
    }
  }
  if (signal.aborted) {
    return;
  }
  const usage = usageOf(request.promptTokens.length, end.generatedTokens);
  const body = format.whole(identity, texts.join(""), end, usage);
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(mark(body, server)));
}
async function sendStream(job, response) {
  const { server, request, shape, format, identity, signal } = job;
  const promptTokens = request.promptTokens.length;
  const answer = server.generator.answer(request, signal);
  let next = await answer.next();
  const stream = new EventStream(response, signal);
  let first = true;
  let generated = 0;
  const send = (chunk, completionTokens) => {
    const withUsage = shape.continuousUsage ? { ...chunk, usage: usageOf(promptTokens, completionTokens) } : chunk;
    const body = first ? mark(withUsage, server) : withUsage;
    first = false;
    return stream.send(body);
  };
  try {
    if (format.first) {
      await send(format.first(identity), 0);
    }
    while (!next.done) {
      const { text, generatedTokens } = next.value;
      generated = generatedTokens;
      if (text !== "") {
        await send(format.chunk(identity, text), generated);
      }
      next = await answer.next();
    }
    await send(format.chunk(identity, "", next.value), generated);
    if (shape.includeUsage) {
      await stream.send({
        ...format.usageChunk(identity),
        usage: usageOf(promptTokens, generated)
      });
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await stream.send(
      new ApiError(500, "InternalServerError", message).toBody()
    );
  } finally {
    await answer.return({ finishReason: "stop", generatedTokens: generated });
  }
  await stream.send("[DONE]");
  stream.end();
}
async function sendAnswer(job, response) {
  const { simulated } = job.server;
  if (simulated !== void 0) {
    response.setHeader(
      SIMULATED_HEADER,
      // It has the model's name in it, which may be anything.
      simulated.replace(/[^\x20-\x7e]/g, "?")
    );
  }
  await (job.shape.stream ? sendStream(job, response) : sendWhole(job, response));
}

// packages/dev-cluster/src/model-server/http/routes.ts
var DEFAULT_COMPLETION_TOKENS = 16;
function sendJson(response, body) {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
var now = () => Math.floor(Date.now() / 1e3);
var chatCompletions = async ({
  request,
  response,
  server,
  signal
}) => {
  const fields = new Fields(await readJson(request));
  const turns = readMessages(fields, server.model);
  const model = checkModel(fields, server);
  const shape = readShape(fields);
  const answer = readAnswerRequest(
    fields,
    renderChat(turns),
    void 0,
    server
  );
  await sendAnswer(
    {
      server,
      request: answer,
      shape,
      format: CHAT_FORMAT,
      identity: {
        id: requestId("chatcmpl", request),
        created: now(),
        model
      },
      signal
    },
    response
  );
};
function readPrompt(fields, server) {
  const prompt = fields.raw("prompt");
  if (prompt === void 0) {
    fields.missing("prompt");
    fields.check();
  }
  if (typeof prompt === "string") {
    return prompt;
  }
  const list = Array.isArray(prompt) ? prompt : [];
  if (list.length === 1 && typeof list[0] === "string") {
    return list[0];
  }
  if (list.length > 0 && list.every(Number.isSafeInteger)) {
    const outside = list.find(
      (token) => token < 0 || token >= server.engine.vocabularySize
    );
    if (outside !== void 0) {
      throw badRequest(`Token id ${outside} is out of vocabulary`, "prompt");
    }
    return list;
  }
  if (list.length > 1) {
    throw notSupported("A list of several prompts is", "prompt");
  }
  throw badRequest(
    "prompt must be a string, a list with one string, or a list of token ids.",
    "prompt"
  );
}
var completions = async ({ request, response, server, signal }) => {
  const fields = new Fields(await readJson(request));
  const prompt = readPrompt(fields, server);
  const model = checkModel(fields, server);
  const shape = readShape(fields);
  if (fields.raw("suffix") !== void 0) {
    throw badRequest("suffix is not currently supported", "suffix");
  }
  const echo = fields.boolean("echo") ?? false;
  const answer = readAnswerRequest(
    fields,
    typeof prompt === "string" ? [{ text: prompt, special: true }] : prompt,
    DEFAULT_COMPLETION_TOKENS,
    server
  );
  const promptText = typeof prompt === "string" ? prompt : server.engine.detokenize(prompt);
  await sendAnswer(
    {
      server,
      request: answer,
      shape,
      format: completionFormat(echo ? promptText : void 0),
      identity: { id: requestId("cmpl", request), created: now(), model },
      signal
    },
    response
  );
};
var models = async ({ response, server }) => {
  sendJson(response, {
    object: "list",
    data: server.servedModelNames.map((id) => ({
      id,
      object: "model",
      created: server.created,
      owned_by: "vllm",
      root: server.model,
      parent: null,
      max_model_len: server.maxModelLen,
      permission: [
        {
          id: `modelperm-${(0, import_node_crypto4.randomBytes)(16).toString("hex")}`,
          object: "model_permission",
          created: server.created,
          allow_create_engine: false,
          allow_sampling: true,
          allow_logprobs: false,
          allow_search_indices: false,
          allow_view: true,
          allow_fine_tuning: false,
          organization: "*",
          group: null,
          is_blocking: false
        }
      ],
      x_answered_by: server.engine.unavailable ? `nobody: model file unavailable: ${server.engine.unavailable}` : server.engine.name,
      ...server.simulated !== void 0 && { x_simulated: server.simulated }
    }))
  });
};
var tokenize = async ({ request, response, server }) => {
  const fields = new Fields(await readJson(request));
  checkModel(fields, server);
  const segments = fields.raw("messages") === void 0 ? [{ text: fields.string("prompt") ?? "", special: true }] : renderChat(readMessages(fields, server.model));
  const asStrings = fields.boolean("return_token_strs") ?? false;
  fields.check();
  const tokens = server.engine.tokenize(segments);
  sendJson(response, {
    count: tokens.length,
    max_model_len: server.maxModelLen,
    tokens,
    token_strs: asStrings ? tokens.map((token) => server.engine.detokenize([token])) : null
  });
};
var detokenize = async ({ request, response, server }) => {
  const fields = new Fields(await readJson(request));
  checkModel(fields, server);
  const tokens = fields.integers("tokens") ?? [];
  fields.check();
  const known = (token) => token >= 0 && token < server.engine.vocabularySize;
  if (!tokens.every(known)) {
    throw badRequest("A token id is out of vocabulary", "tokens");
  }
  sendJson(response, { prompt: server.engine.detokenize(tokens) });
};
var healthy = async ({ response }) => {
  response.writeHead(200, { "content-length": "0" });
  response.end();
};
var version = async ({ response }) => sendJson(response, { version: "0.11.0" });
var metrics = async ({ response, server }) => {
  const { registry } = server.metrics;
  const text = await registry.metrics();
  response.writeHead(200, { "content-type": registry.contentType });
  response.end(text);
};
var ROUTES = new Map(
  Object.entries({
    "/health": { GET: healthy },
    "/ping": { GET: healthy, POST: healthy },
    "/tokenize": { POST: tokenize },
    "/detokenize": { POST: detokenize },
    "/v1/models": { GET: models },
    "/version": { GET: version },
    "/v1/chat/completions": { POST: chatCompletions },
    "/v1/completions": { POST: completions },
    "/metrics": { GET: metrics }
  })
);

// packages/dev-cluster/src/model-server/http/modelServer.ts
function toApiError(error) {
  if (error instanceof ApiError) {
    return error;
  }
  if (error instanceof QueueFullError) {
    return new ApiError(503, "ServiceUnavailableError", error.message);
  }
  const message = error instanceof Error ? error.message : String(error);
  return new ApiError(500, "InternalServerError", message);
}
function sendError(response, error) {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(error.status, { "content-type": "application/json" });
  response.end(JSON.stringify(error.toBody()));
}
async function handle(request, response, server, signal) {
  const [pathname] = (request.url ?? "/").split("?", 1);
  if (!isAuthorized(request, pathname, server.apiKeys)) {
    response.writeHead(401, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: "Unauthorized" }));
    return;
  }
  const methods = ROUTES.get(pathname);
  if (!methods) {
    throw new ApiError(404, "Not Found", "Not Found");
  }
  const route = methods[request.method ?? ""];
  if (!route) {
    response.setHeader("allow", Object.keys(methods).join(", "));
    throw new ApiError(405, "Method Not Allowed", "Method Not Allowed");
  }
  await route({ request, response, server, signal });
}
var KEEP_ALIVE_MS = 75e3;
function createModelServer(server, log) {
  const http = (0, import_node_http.createServer)((request, response) => {
    const gone = new AbortController();
    request.socket.setNoDelay(true);
    const { remoteAddress = "-", remotePort = 0 } = request.socket;
    response.on("close", () => {
      gone.abort();
      const status = response.statusCode;
      log.access(
        `${remoteAddress}:${remotePort} - "${request.method} ${request.url} HTTP/${request.httpVersion}" ${status} ${import_node_http.STATUS_CODES[status] ?? ""}`
      );
      if (!http.listening) {
        setImmediate(() => http.closeIdleConnections());
      }
    });
    handle(request, response, server, gone.signal).catch((error) => {
      const apiError = toApiError(error);
      if (apiError.status >= 500) {
        log.error(apiError.message);
      }
      sendError(response, apiError);
    });
  });
  http.keepAliveTimeout = KEEP_ALIVE_MS;
  return http;
}

// packages/dev-cluster/src/model-server/metrics/vllmMetrics.ts
var import_prom_client = __toESM(require_prom_client());

// packages/dev-cluster/src/model-server/metrics/buckets.ts
var TIME_TO_FIRST_TOKEN = [
  1e-3,
  5e-3,
  0.01,
  0.02,
  0.04,
  0.06,
  0.08,
  0.1,
  0.25,
  0.5,
  0.75,
  1,
  2.5,
  5,
  7.5,
  10,
  20,
  40,
  80,
  160,
  640,
  2560
];
var TOKEN_LATENCY = [
  0.01,
  0.025,
  0.05,
  0.075,
  0.1,
  0.15,
  0.2,
  0.3,
  0.4,
  0.5,
  0.75,
  1,
  2.5,
  5,
  7.5,
  10,
  20,
  40,
  80
];
var REQUEST_LATENCY = [
  0.3,
  0.5,
  0.8,
  1,
  1.5,
  2,
  2.5,
  5,
  10,
  15,
  20,
  30,
  40,
  50,
  60,
  120,
  240,
  480,
  960,
  1920,
  7680
];
function tokenCountBuckets(limit) {
  const buckets = [];
  for (let power = 1; ; power *= 10) {
    for (const mantissa of [1, 2, 5]) {
      if (mantissa * power > limit) {
        return buckets;
      }
      buckets.push(mantissa * power);
    }
  }
}

// packages/dev-cluster/src/model-server/metrics/vllmMetrics.ts
var LABELS = ["model_name", "engine"];
var VllmMetrics = class {
  registry = new import_prom_client.Registry();
  labels;
  promptTokens;
  generationTokens;
  success;
  histograms;
  totals = { prompt: 0, generated: 0 };
  constructor(options) {
    this.labels = { model_name: options.modelName, engine: "0" };
    (0, import_prom_client.collectDefaultMetrics)({ register: this.registry });
    this.counter(
      "vllm:prefix_cache_queries_total",
      "Prefix cache queries, in terms of number of queried tokens."
    );
    this.counter(
      "vllm:prefix_cache_hits_total",
      "Prefix cache hits, in terms of number of cached tokens."
    );
    this.counter(
      "vllm:num_preemptions_total",
      "Cumulative number of preemption from the engine."
    );
    this.promptTokens = this.counter(
      "vllm:prompt_tokens_total",
      "Number of prefill tokens processed."
    );
    this.generationTokens = this.counter(
      "vllm:generation_tokens_total",
      "Number of generation tokens processed."
    );
    this.success = new import_prom_client.Counter({
      name: "vllm:request_success_total",
      help: "Count of successfully processed requests.",
      labelNames: [...LABELS, "finished_reason"],
      registers: [this.registry]
    });
    for (const reason of ["stop", "length", "abort"]) {
      this.success.inc({ ...this.labels, finished_reason: reason }, 0);
    }
    this.histograms = this.makeHistograms(options.maxModelLen);
    const info = new import_prom_client.Gauge({
      name: "vllm:cache_config_info",
      help: "Information of the LLMEngine CacheConfig",
      labelNames: [...Object.keys(options.cacheConfig), "engine"],
      registers: [this.registry]
    });
    info.set({ ...options.cacheConfig, engine: "0" }, 1);
  }
  /** Reads the scheduler's gauges from there at each scrape. */
  watchScheduler(read) {
    this.gauge(
      "vllm:num_requests_running",
      "Number of requests in model execution batches.",
      () => read().running
    );
    this.gauge(
      "vllm:num_requests_waiting",
      "Number of requests waiting to be processed.",
      () => read().waiting
    );
    this.gauge(
      "vllm:kv_cache_usage_perc",
      "KV-cache usage. 1 means 100 percent usage.",
      () => read().kvCacheUsage
    );
  }
  /** Tokens since the start, for the log's throughput line. */
  get tokens() {
    return this.totals;
  }
  /** The prompt was read and its first token came. */
  firstToken(promptTokens, sinceArrival) {
    this.promptTokens.inc(this.labels, promptTokens);
    this.generationTokens.inc(this.labels, 1);
    this.totals.prompt += promptTokens;
    this.totals.generated += 1;
    this.observe("vllm:time_to_first_token_seconds", sinceArrival);
  }
  /** One more token. */
  nextToken(sinceLast) {
    this.generationTokens.inc(this.labels, 1);
    this.totals.generated += 1;
    this.observe("vllm:time_per_output_token_seconds", sinceLast);
    this.observe("vllm:inter_token_latency_seconds", sinceLast);
  }
  finished(request) {
    const { generatedTokens, prefill, decode } = request;
    this.success.inc({ ...this.labels, finished_reason: request.reason });
    this.observe("vllm:request_prompt_tokens", request.promptTokens);
    this.observe("vllm:request_generation_tokens", generatedTokens);
    this.observe(
      "vllm:request_max_num_generation_tokens",
      Math.max(generatedTokens, 1)
    );
    this.observe("vllm:request_params_n", 1);
    this.observe("vllm:request_params_max_tokens", request.maxTokens);
    this.observe("vllm:request_queue_time_seconds", request.queued);
    this.observe("vllm:e2e_request_latency_seconds", request.total);
    if (prefill !== void 0 && decode !== void 0) {
      this.observe("vllm:request_prefill_time_seconds", prefill);
      this.observe("vllm:request_decode_time_seconds", decode);
      this.observe("vllm:request_inference_time_seconds", prefill + decode);
      if (generatedTokens > 1) {
        this.observe(
          "vllm:request_time_per_output_token_seconds",
          decode / (generatedTokens - 1)
        );
      }
    }
  }
  observe(name, value) {
    this.histograms.get(name)?.observe(this.labels, value);
  }
  gauge(name, help, read) {
    const { labels } = this;
    new import_prom_client.Gauge({
      name,
      help,
      labelNames: LABELS,
      registers: [this.registry],
      collect() {
        this.set(labels, read());
      }
    });
  }
  counter(name, help) {
    const counter = new import_prom_client.Counter({
      name,
      help,
      labelNames: LABELS,
      registers: [this.registry]
    });
    counter.inc(this.labels, 0);
    return counter;
  }
  makeHistograms(maxModelLen) {
    const counts = tokenCountBuckets(maxModelLen);
    const rows = [
      [
        "vllm:time_to_first_token_seconds",
        "Histogram of time to first token in seconds.",
        TIME_TO_FIRST_TOKEN
      ],
      [
        "vllm:time_per_output_token_seconds",
        "Histogram of time per output token in seconds.DEPRECATED: Use vllm:inter_token_latency_seconds instead.",
        TOKEN_LATENCY
      ],
      [
        "vllm:inter_token_latency_seconds",
        "Histogram of inter-token latency in seconds.",
        TOKEN_LATENCY
      ],
      [
        "vllm:request_time_per_output_token_seconds",
        "Histogram of time_per_output_token_seconds per request.",
        TOKEN_LATENCY
      ],
      [
        "vllm:e2e_request_latency_seconds",
        "Histogram of e2e request latency in seconds.",
        REQUEST_LATENCY
      ],
      [
        "vllm:request_queue_time_seconds",
        "Histogram of time spent in WAITING phase for request.",
        REQUEST_LATENCY
      ],
      [
        "vllm:request_inference_time_seconds",
        "Histogram of time spent in RUNNING phase for request.",
        REQUEST_LATENCY
      ],
      [
        "vllm:request_prefill_time_seconds",
        "Histogram of time spent in PREFILL phase for request.",
        REQUEST_LATENCY
      ],
      [
        "vllm:request_decode_time_seconds",
        "Histogram of time spent in DECODE phase for request.",
        REQUEST_LATENCY
      ],
      [
        "vllm:request_prompt_tokens",
        "Number of prefill tokens processed.",
        counts
      ],
      [
        "vllm:request_generation_tokens",
        "Number of generation tokens processed.",
        counts
      ],
      [
        "vllm:request_max_num_generation_tokens",
        "Histogram of maximum number of requested generation tokens.",
        counts
      ],
      [
        "vllm:request_params_n",
        "Histogram of the n request parameter.",
        [1, 2, 5, 10, 20]
      ],
      [
        "vllm:request_params_max_tokens",
        "Histogram of the max_tokens request parameter.",
        counts
      ]
    ];
    return new Map(
      rows.map(([name, help, buckets]) => {
        const histogram = new import_prom_client.Histogram({
          name,
          help,
          buckets,
          labelNames: LABELS,
          registers: [this.registry]
        });
        histogram.zero(this.labels);
        return [name, histogram];
      })
    );
  }
};

// packages/dev-cluster/src/model-server/samplingDefaults.ts
var RECOMMENDED = { temperature: 0.2, topP: 0.9 };
var NAMES2 = {
  temperature: "temperature",
  top_p: "topP",
  top_k: "topK",
  min_p: "minP",
  repetition_penalty: "repetitionPenalty"
};
function samplingDefaults(args) {
  const defaults = args.generationConfig === "vllm" ? {} : { ...RECOMMENDED };
  for (const [name, key] of Object.entries(NAMES2)) {
    const value = args.overrideGenerationConfig[name];
    if (value !== void 0) {
      defaults[key] = value;
    }
  }
  return defaults;
}
function logSamplingDefaults(log, defaults) {
  const shown = Object.entries(NAMES2).filter(([, key]) => defaults[key] !== void 0).map(([name, key]) => `${pythonRepr(name)}: ${defaults[key]}`);
  if (shown.length === 0) {
    return;
  }
  log.warning(
    "APIServer",
    "model.py:1389",
    "Default sampling parameters have been overridden by the model's Hugging Face generation config recommended from the model creator. If this is not intended, please relaunch vLLM instance with `--generation-config vllm`."
  );
  const text = `sampling params from model: {${shown.join(", ")}}`;
  log.info("APIServer", "serving_chat.py:139", `Using default chat ${text}`);
  log.info(
    "APIServer",
    "serving_completion.py:76",
    `Using default completion ${text}`
  );
}

// packages/dev-cluster/src/model-server/throughputLog.ts
var INTERVAL_SECONDS = 10;
function logThroughput(log, generator, metrics2, kvTokens) {
  let last = { ...metrics2.tokens };
  let wasBusy = false;
  const timer = setInterval(() => {
    const current = { ...metrics2.tokens };
    const prompt = (current.prompt - last.prompt) / INTERVAL_SECONDS;
    const generated = (current.generated - last.generated) / INTERVAL_SECONDS;
    const busy = prompt > 0 || generated > 0 || generator.running > 0;
    if (busy || wasBusy) {
      log.info(
        "APIServer",
        "loggers.py:127",
        `Engine 000: Avg prompt throughput: ${prompt.toFixed(
          1
        )} tokens/s, Avg generation throughput: ${generated.toFixed(
          1
        )} tokens/s, Running: ${generator.running} reqs, Waiting: ${generator.waiting} reqs, GPU KV cache usage: ${(100 * generator.kvTokens / Math.max(1, kvTokens)).toFixed(1)}%, Prefix cache hit rate: 0.0%`
      );
    }
    wasBusy = busy;
    last = current;
  }, INTERVAL_SECONDS * 1e3);
  timer.unref();
  return () => clearInterval(timer);
}

// packages/dev-cluster/src/model-server/runModelServer.ts
var MAX_WAITING = 1024;
var GIB2 = 2 ** 30;
function serverModel(options, started, engine) {
  const { args, environment } = options;
  const { config, memory } = started;
  const metrics2 = new VllmMetrics({
    modelName: args.servedModelNames[0],
    maxModelLen: config.maxModelLen,
    cacheConfig: cacheConfigLabels(
      args,
      memory,
      config.gpu ? void 0 : (environment.kvCacheSpaceGiB ?? 4) * GIB2
    )
  });
  const generator = new Generator(
    engine,
    Math.min(engine.parallel, config.maxNumSeqs),
    MAX_WAITING,
    metrics2
  );
  metrics2.watchScheduler(() => ({
    running: generator.running,
    waiting: generator.waiting,
    kvCacheUsage: Math.min(1, generator.kvTokens / memory.kvTokens)
  }));
  return {
    model: args.model,
    servedModelNames: args.servedModelNames,
    maxModelLen: config.maxModelLen,
    simulated: simulatedLabel(args, engine, environment.gpu),
    samplingDefaults: samplingDefaults(args),
    apiKeys: args.apiKeys,
    engine,
    generator,
    metrics: metrics2,
    created: Math.floor(Date.now() / 1e3)
  };
}
function logRoutes(log) {
  log.info("APIServer", "launcher.py:34", "Available routes are:");
  for (const [path3, methods] of ROUTES) {
    for (const method of Object.keys(methods)) {
      log.info(
        "APIServer",
        "launcher.py:42",
        `Route: ${path3}, Methods: ${method}`
      );
    }
  }
}
async function listen(server, host, port) {
  server.listen(port, host);
  await (0, import_node_events2.once)(server, "listening");
  const { port: bound } = server.address();
  return { url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}` };
}
async function stopServer(server, graceMs) {
  const closed = new Promise((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const deadline = new AbortController();
  await Promise.race([
    closed,
    (0, import_promises3.setTimeout)(graceMs, void 0, { signal: deadline.signal }).catch(
      () => void 0
    )
  ]);
  deadline.abort();
  server.closeAllConnections();
  await closed;
}
async function runModelServer(options) {
  const { args, environment, write: write2 } = options;
  const { gpu } = environment;
  const log = new VllmLog({
    write: write2,
    now: () => /* @__PURE__ */ new Date(),
    pid: process.pid
  });
  log.raw(void 0, bannerLine(args, gpu));
  let engine;
  const started = await runStart({
    args,
    gpuName: gpu,
    kvCacheSpaceGiB: environment.kvCacheSpaceGiB,
    log,
    now: () => performance.now(),
    pause: async (seconds) => {
      await (0, import_promises3.setTimeout)(seconds * 1e3 * environment.delayFactor);
    },
    marker: downloadMarker(args.model, args.downloadDir, options.env),
    real: isRealModel(args.model) && gpu === void 0,
    async loadEngine(config) {
      engine = await options.loadEngine({
        modelFile: environment.modelFile,
        threads: environment.threads,
        contextSize: config.maxModelLen,
        maxParallel: config.maxNumSeqs
      });
    }
  });
  const model = serverModel(options, started, engine);
  if (model.engine.unavailable !== void 0) {
    log.raw(void 0, `# model file unavailable: ${model.engine.unavailable}`);
  }
  logSamplingDefaults(log, model.samplingDefaults);
  const server = createModelServer(model, {
    access: (line) => {
      if (args.accessLog) {
        log.raw("APIServer", `INFO:     ${line}`);
      }
    },
    error: (message) => log.error("APIServer", "api_server.py:1", message)
  });
  const host = environment.bindAddress ?? args.host ?? "127.0.0.1";
  const shown = `http://${args.host ?? "0.0.0.0"}:${args.port}`;
  const { url } = await listen(server, host, args.port);
  log.info(
    "APIServer",
    "api_server.py:1912",
    `Starting vLLM API server 0 on ${shown}`
  );
  logRoutes(log);
  log.raw(void 0, `# bound to ${url}`);
  log.raw("APIServer", `INFO:     Started server process [${process.pid}]`);
  log.raw("APIServer", "INFO:     Waiting for application startup.");
  log.raw("APIServer", "INFO:     Application startup complete.");
  const endThroughputLog = args.disableLogStats ? () => {
  } : logThroughput(
    log,
    model.generator,
    model.metrics,
    started.memory.kvTokens
  );
  return {
    url,
    async stop(graceMs) {
      endThroughputLog();
      log.raw("APIServer", "INFO:     Shutting down");
      await stopServer(server, graceMs);
      log.raw("APIServer", "INFO:     Waiting for application shutdown.");
      log.raw("APIServer", "INFO:     Application shutdown complete.");
      await model.engine.dispose();
    }
  };
}

// packages/dev-cluster/src/model-server/main.ts
var GRACE_MS = 25e3;
var write = (line) => {
  process.stdout.write(`${line}
`);
};
function exit(code) {
  process.exitCode = code;
  process.stdout.write("", () => process.exit(code));
}
function printFailure(error) {
  const log = new VllmLog({ write, now: () => /* @__PURE__ */ new Date(), pid: process.pid });
  if (error instanceof StartFailure) {
    printStartFailure(log, error);
    return;
  }
  const { code, message } = error;
  log.raw(
    "APIServer",
    code === "EADDRINUSE" ? `OSError: [Errno 98] Address already in use (${message})` : `RuntimeError: ${message}`
  );
}
async function main() {
  let running;
  let stopping = false;
  const stop = () => {
    if (stopping) {
      return;
    }
    stopping = true;
    if (!running) {
      exit(143);
      return;
    }
    running.stop(GRACE_MS).then(
      () => exit(0),
      () => exit(1)
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  try {
    running = await runModelServer({
      args: readServerArguments(process.argv.slice(2)),
      environment: readEnvironment(process.env),
      env: process.env,
      write,
      loadEngine: loadTextEngine
    });
  } catch (error) {
    if (error instanceof ArgumentError) {
      process.stderr.write(`${error.toUsageText()}
`);
      exit(2);
      return;
    }
    printFailure(error);
    exit(1);
  }
}
main();
