// The campaign plan in the page: the sums of planning/campaign.py, for numbers moved by hand.
addEventListener("live", (event) => {
"use strict";
const box = event.target.querySelector(".plan");
if (!box) return;
const t = JSON.parse(box.dataset.t), first = {}, SLACK = 1e-12, { floor, ceil, min, max, log, exp, sqrt, abs, log1p } = Math;
const all = (selector) => [...box.querySelectorAll(selector)];
const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const write = (v, least, most) => (v * (1 + 1e-9)).toLocaleString("en-US", { minimumFractionDigits: least, maximumFractionDigits: most });
const num = (v, digits) => write(v, 0, digits);
const fix = (v, digits) => num(v, digits).includes(".") ? write(v, digits, digits) : num(v, 0);
const ratio = (v) => fix(v, v < 1 ? 2 : 1);
const money = (v) => put(t.money, { n: fix(v, v < 100 ? 2 : 0) });
const people = (n) => n < Infinity ? put(n === 1 ? t.one : t.many, { n: num(n, 0) }) : t.never;
const below = (v) => floor(v * (1 + SLACK)), above = (v) => ceil(v * (1 - SLACK));

function earned(v, half) { // how numbers are written whose range is twice as wide as half
  if (!(half > 0)) return ratio;
  const size = 10 ** floor(Math.log10(half)), place = max(half / size < 3.6 ? size / 10 : size, v < 1 ? 0.01 : 0.1), digits = place < 1 ? Math.round(-Math.log10(place)) : 0;
  return (number) => write(digits ? number : Math.round(number / place) * place, digits, digits);
}
function chances(n, q, variance) {
  const s = variance > SLACK * q ? q * (1 - q) / variance - 1 : 0, w = [], top = min(n, floor((n + 1) * q));
  const up = (k) => (n - k) / (k + 1) * (s ? (q * s + k) / ((1 - q) * s + n - k - 1) : q / (1 - q));
  w[top] = 1;
  for (let k = top; k < n; k++) w[k + 1] = w[k] * up(k);
  for (let k = top; k > 0; k--) w[k - 1] = w[k] / up(k - 1);
  const total = w.reduce((a, b) => a + b);
  return w.map((each) => each / total);
}
function normal(z) { // Abramowitz and Stegun (1964), 7.1.26
  const x = 1 / (1 + 0.3275911 * abs(z) / Math.SQRT2);
  const p = 1 - ((((1.061405429 * x - 1.453152027) * x + 1.421413741) * x - 0.284496736) * x + 0.254829592) * x * exp(-z * z / 2);
  return (z < 0 ? 1 - p : 1 + p) / 2;
}
function tail(w, m, sum) { // the chance that customers leave this much
  if (!(m.v > 0)) return 0;
  return w.reduce((p, chance, k) => {
    if (!m.n) return k >= above(sum / m.v) ? p + chance : p;
    if (!k || chance < 1e-17) return p;
    const v = log1p(m.cv ** 2 * (1 / k + 1 / m.n));
    return p + chance * normal((log(k * m.v / sum) - v / 2) / sqrt(v));
  }, 0);
}
function sure(w, m, p) { // the greatest sum that is reached with this chance
  let low = -40, high = log(m.v * w.length) + 40, k = w.length, sum = 0;
  if (!m.n) {
    while (k > 0 && sum < p - SLACK) sum += w[--k];
    return k * m.v;
  }
  if (!(m.v > 0) || 1 - w[0] <= p) return 0;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (tail(w, m, exp(middle)) > p) low = middle; else high = middle;
  }
  return exp(low);
}
function quantile(w, m, p) {
  if (m.n) return sure(w, m, 1 - p);
  let k = 0, sum = w[0];
  while (sum < p - SLACK && k < w.length - 1) sum += w[++k];
  return k * m.v;
}

function read(field) {
  const d = field.dataset, input = field.querySelector("[type=number]"), name = d.f, share = name === "reach" || name === "close";
  const ok = input.value !== "" && input.validity.valid && (name !== "leads" || +input.value % 1 === 0);
  input.toggleAttribute("aria-invalid", !ok);
  const v = input.value / (share ? 100 : 1), g = { name, ok, v, a: v, b: v * v, shown: share ? put(t.rate, { n: fix(100 * v, 1) }) : money(v) };
  g.same = !d.past && input.value === (first[name] ??= input.value);
  if (input.value !== d.past) return g;
  const x = d.x / d.phi, n = d.n / d.phi;
  g.a = (x + 0.5) / (n + 1);
  return { ...g, past: true, shown: d.shown, v: +d.v, n: +d.n, cv: +d.cv, lo: +d.lo, hi: +d.hi, b: g.a * ((1 - d.rho) * (x + 1.5) / (n + 2) + +d.rho) };
}

let wait;
function work() {
  const read_ = all(".pf").map(read), f = Object.fromEntries(read_.map((g) => [g.name, g]));
  if (read_.some((g) => !g.ok)) return;
  const m = f.margin, c = f.cost.v, leads = f.leads.v, q = f.reach.a * f.close.a, mean = leads * q, whole = below(mean);
  const w = chances(leads, q, max(f.reach.b * f.close.b - q * q, 0)), back = (p) => quantile(w, m, p) / c;
  const futures = [...Array(20).keys()].map((i) => back((i + 0.5) / 20)), chance = tail(w, m, t.target * c);
  const most = sure(w, m, 0.8) / t.target, average = mean * m.v / t.target;
  const price = (v) => { const cut = m.n && v >= 1 ? 10 ** max(floor(Math.log10(v)) - 1, 0) : 1; return money(v < 1 ? 0 : below(v / cut) * cut); };
  const plain = leads * f.reach.v * f.close.v * m.v / c;
  const hinges = read_.filter((g) => g.past).map((g) => ({ name: g.name, lo: plain * g.lo / g.v, hi: plain * g.hi / g.v }))
    .sort((a, b) => b.hi - b.lo - a.hi + a.lo);
  const made = read_.filter((g) => g.same).map((g) => t.names[g.name]).join(t.and);
  const parts = { x: futures.filter((v) => v >= t.target * (1 - 1e-9)).length, floor: t.to, customers: people(whole) };
  const [from, to] = [back(0.1), back(0.9)], returned = whole * m.v / c, at = earned(returned, (to - from) / 2);
  const o = {
    head: put(chance >= 0.8 ? t.yes : t.no, parts), dots: put(t.dots, parts), returned: put(t.ratio, { n: at(returned) }),
    says: put(t.says, { ...parts, leads: num(leads, 0), reach: f.reach.shown, close: f.close.shown, expected: num(mean, 2), margin: m.shown, cost: f.cost.shown }),
    range: put(t.range, { range: at(from) + "\u2013" + at(to) }),
    pays: people(above(c / m.v)), floor: people(above(t.target * c / m.v)), most: price(most),
    average: average > 0 ? put(t.average, { money: price(average), floor: t.to, x: Math.round(20 * tail(w, m, mean * m.v)) }) : "",
    hangs: hinges.length ? put(t.hangs, { name: t.names[hinges[0].name] }) : t.nothing, madeup: made && put(t.madeup, { names: made }),
  };
  const said = `${o.head} ${o.returned} ${o.range}`;
  all("[data-o]").forEach((each) => { each.textContent = o[each.dataset.o]; });
  all(".pf").forEach((each) => { const mark = each.querySelector("i"); if (mark) mark.hidden = !f[each.dataset.f].same; });
  all("tbody td").forEach((cell, i) => { cell.textContent = ratio(futures[i]); });
  all("desc").forEach((each) => { each.textContent = said; });
  box.dataset.raw = JSON.stringify({ chance, most, average, futures });
  drawSteps([leads, leads * f.reach.a, mean], whole, o);
  drawDots(futures, m.n ? 0 : m.v / c);
  drawHangs(hinges, mean * m.v / c);
  clearTimeout(wait);
  wait = setTimeout(() => { box.querySelector("[role=status]").textContent = said; }, 600);
}

const set = (shape, values) => Object.entries(values).forEach(([name, v]) => shape.setAttribute(name, typeof v === "number" ? +v.toFixed(1) : v));
const say = (text, words, x) => { text.textContent = words; set(text, { x }); };
const kept = (at) => min(max(at, 52), 248);
const scaled = (low, high, start, end) => (v) => start + min(1, max(0, (v - low) / (high - low || 1))) * (end - start);
const shapes = (name) => (kind) => all(`.plan-${name} > ${kind}`);

function drawSteps(values, whole) {
  const of = shapes("steps"), k = 180 / max(values[0], 1), rects = of("rect"), texts = of("text"), rest = (values[2] - whole) * k, part = rest > 0.01 ? max(rest, 2.5) : 0;
  values.forEach((v, i) => {
    const end = (i < 2 ? v : whole) * k;
    set(rects[i], { width: end });
    say(texts[2 * i + 1], i < 2 ? num(below(v), 0) : put(t.step, { n: num(whole, 0), expected: num(v, 2) }), end + 8 + (i < 2 ? 0 : part));
  });
  set(of("path")[0], { d: `M${+(whole * k).toFixed(1)} 138.5h${+part.toFixed(1)}v23h${-part.toFixed(1)}z` });
}
function drawDots(values, unit) {
  const of = shapes("dots"), lines = of("line"), texts = of("text"), F = t.target, span = values[19] - values[0], piles = {};
  const width = unit > 0 ? max(1, ceil(span / unit / 9 - 1e-9)) * unit : span / 9 || 1;
  const bins = values.map((v) => floor((v - F) / width + 1e-9)), places = bins.map((at) => (piles[at] = (piles[at] || 0) + 1));
  const low = max(min(F + bins[0] * width, 1, F), 0), high = max(F + (bins[19] + 1) * width, 1, F), at = scaled(low, high, 14, 286);
  const pitch = min(13, 132 / max(...places)), r = max(min(pitch, width / (high - low) * 272) / 2 - 0.5, 1), names = [kept(at(1)), kept(at(F))];
  [1, F].forEach((v, i) => set(lines[i + 1], { x1: at(v), x2: at(v) }));
  say(texts[0], abs(names[0] - names[1]) > 104 ? t.even : "", names[0]);
  say(texts[1], texts[1].textContent, names[1]);
  const size = 10 ** floor(Math.log10(high / 5)), step = size * [1, 2, 2.5, 5, 10].find((n) => size * n >= high / 5 * (1 - 1e-9)), marks = [];
  for (let i = 0; i <= floor(high / step + 1e-9); i++) if (step * i >= low) marks.push(step * i);
  texts.slice(2).forEach((text, i) => say(text, i < marks.length ? String(+marks[i].toPrecision(6)) : "", i < marks.length ? at(marks[i]) : 14));
  of("circle").forEach((dot, i) => set(dot, { cx: at(F + (bins[i] + 0.5) * width), cy: 166 - pitch * (places[i] - 0.5), r, class: bins[i] < 0 ? "p as w2" : "d" }));
}
function drawHangs(hinges, now) {
  const svg = box.querySelector(".plan-hangs");
  if (!svg) return;
  svg.toggleAttribute("hidden", !hinges.length);
  set(svg, { viewBox: `0 0 300 ${40 + 46 * hinges.length}`, height: 40 + 46 * hinges.length });
  const of = shapes("hangs"), lines = of("line"), texts = of("text"), rects = of("rect"), reached = hinges.flatMap((h) => [h.lo, h.hi]).concat(t.target, now);
  const at = scaled(min(...reached), max(...reached), 30, 268);
  [t.target, now].forEach((v, i) => {
    set(lines[i], { x1: at(v), x2: at(v), y2: 38 + 46 * hinges.length });
    say(texts[i], i ? put(t.now, { r: put(t.ratio, { n: ratio(v) }) }) : texts[0].textContent, kept(at(v)));
  });
  rects.forEach((rect, i) => {
    const h = hinges[i >> 1], below_ = !(i % 2);
    if (!h) return set(rect, { width: 0 });
    const low = at(h.lo), high = at(h.hi), cut = min(max(at(t.target), low), high);
    set(rect, below_ ? { x: low, width: cut - low } : { x: cut, width: high - cut });
    const [name, from, to] = texts.slice(2 + 3 * (i >> 1));
    say(name, t.ranges[h.name], 0);
    say(from, ratio(h.lo), low - 5);
    say(to, ratio(h.hi), high + 5);
  });
  texts.slice(2 + 3 * hinges.length).forEach((text) => say(text, "", 0));
}

all(".pf").forEach((field) => {
  const [input, slider] = field.querySelectorAll("input"), button = field.querySelector("button");
  const follow = () => { slider.value = input.value; work(); };
  first[field.dataset.f] = input.value;
  input.addEventListener("input", follow);
  slider.addEventListener("input", () => { input.value = slider.value; work(); });
  if (button) button.addEventListener("click", () => { input.value = field.dataset.past; follow(); });
});
});
