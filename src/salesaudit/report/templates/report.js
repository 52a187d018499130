(function () {
  "use strict";
  var root = document.documentElement, key = "salesaudit-theme";
  function stored(value) {
    try {
      if (value === undefined) return localStorage.getItem(key);
      localStorage.setItem(key, value);
    } catch (error) { /* a file may not keep anything; the button still works */ }
    return null;
  }
  root.classList.add("scripts");
  var theme = stored();
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  document.addEventListener("DOMContentLoaded", function () {
    // The page that stands is shown; the others wait packed until their address is asked for.
    var shown = null;
    async function unpacked(waiting) {
      waiting.className = "";
      var bytes = Uint8Array.from(atob(waiting.content.textContent), function (letter) {
        return letter.charCodeAt(0);
      });
      var plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      var holder = document.createElement("template");
      holder.innerHTML = await new Response(plain).text();
      var page = holder.content.querySelector(".page");
      page.hidden = true;
      waiting.replaceWith(page);
      page.querySelectorAll("pre[data-query]").forEach(function (pre) {
        pre.textContent = document.getElementById(pre.dataset.query).querySelector("pre").textContent;
      });
      start(page);
    }
    async function live(id) {
      var waiting;
      while (id && !document.getElementById(id) && (waiting = document.querySelector(".packed"))) {
        await unpacked(waiting);
      }
      return id ? document.getElementById(id) : null;
    }
    function start(page) {
      wire(page);
      page.dispatchEvent(new CustomEvent("live", { bubbles: true }));
    }
    async function show() {
      var id = location.hash.slice(1);
      try { id = decodeURIComponent(id); } catch (error) { /* as it stands */ }
      var at = await live(id), page = (at && at.closest(".page")) || first;
      if (page !== shown && (at || !location.hash)) {
        document.querySelectorAll(".page").forEach(function (each) { each.hidden = each !== page; });
        root.lang = page.lang;
        document.title = page.dataset.title;
        shown = page;
      }
      if (!at) return;
      for (var up = at; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
      if (!at.classList.contains("page")) at.scrollIntoView();
    }

    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        entry.target.closest(".page").querySelectorAll(".rail a").forEach(function (link) {
          if (link.hash === "#" + entry.target.id) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        });
      });
    }, { rootMargin: "-10% 0px -80% 0px" });

    function wire(page) {
      function each(selector, act) { page.querySelectorAll(selector).forEach(act); }
      each("main > section", function (section) { seen.observe(section); });
      each(".seg a", function (link) {
        link.addEventListener("click", async function (event) {
          var here = null, name, now;
          each("main > section[id]", function (section) {
            if (section.getBoundingClientRect().top < 160) here = section;
          });
          name = here && scrollY > 200 ? here.id.slice(page.dataset.prefix.length) : "page";
          event.preventDefault();
          history.pushState(null, "", "#" + link.dataset.prefix + name);
          await show();
          if (name === "page") scrollTo(0, 0);
          now = shown.querySelector(".seg [aria-current]");
          if (now) now.focus({ preventScroll: true });
        });
      });
      each(".theme", function (button) {
        button.addEventListener("click", function () {
          var dark = root.dataset.theme ? root.dataset.theme === "dark"
            : matchMedia("(prefers-color-scheme: dark)").matches;
          root.dataset.theme = dark ? "light" : "dark";
          stored(root.dataset.theme);
        });
      });
      each(".print", function (button) {
        button.addEventListener("click", function () { print(); });
      });
      each(".copy", function (button) {
        button.addEventListener("click", function () {
          var pre = button.parentElement.querySelector("pre"), words = button.textContent;
          function done() {
            button.textContent = button.dataset.done;
            setTimeout(function () { button.textContent = words; }, 1600);
          }
          function select() { getSelection().selectAllChildren(pre); }
          if (navigator.clipboard) navigator.clipboard.writeText(pre.textContent).then(done, select);
          else select();
        });
      });
    }

    var folded = [];
    addEventListener("beforeprint", function () {
      folded = Array.from((shown || first).querySelectorAll("details.fold:not([open]), details.weak:not([open])"));
      folded.forEach(function (details) { details.open = true; });
    });
    addEventListener("afterprint", function () {
      folded.forEach(function (details) { details.open = false; });
    });

    // Sections below the fold are left out of the first paint, and only of that one.
    addEventListener("load", function () {
      setTimeout(function () { root.classList.add("whole"); });
    });

    var first = document.querySelector(".page");
    start(first);
    addEventListener("hashchange", show);
    show();
  });
})();
