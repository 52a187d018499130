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
  var theme = stored();
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  document.addEventListener("DOMContentLoaded", function () {
    var pages = Array.from(document.querySelectorAll(".page"));
    function each(selector, act) { document.querySelectorAll(selector).forEach(act); }
    function target() {
      var id = location.hash.slice(1);
      try { id = decodeURIComponent(id); } catch (error) { /* as it stands */ }
      return id ? document.getElementById(id) : null;
    }
    function show() {
      var at = target(), page = (at && at.closest(".page")) || pages[0];
      if (at || !location.hash) {
        pages.forEach(function (each) { each.hidden = each !== page; });
        root.lang = page.lang;
        document.title = page.dataset.title;
      }
      if (!at) return;
      for (var up = at; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
      if (!at.classList.contains("page")) at.scrollIntoView();
    }
    addEventListener("hashchange", show);
    show();

    each(".seg a", function (link) {
      link.addEventListener("click", function (event) {
        var page = link.closest(".page"), here = null;
        page.querySelectorAll("section[id]").forEach(function (section) {
          if (section.getBoundingClientRect().top < 160) here = section;
        });
        var name = here && scrollY > 200 ? here.id.slice(page.dataset.prefix.length) : "page";
        event.preventDefault();
        location.hash = link.dataset.prefix + name;
        if (name === "page") scrollTo(0, 0);
        var now = document.querySelector(".page:not([hidden]) .seg [aria-current]");
        if (now) now.focus({ preventScroll: true });
      });
    });

    each(".js", function (button) { button.hidden = false; });
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

    var folded = [];
    addEventListener("beforeprint", function () {
      folded = Array.from(document.querySelectorAll("details.fold:not([open]), details.weak:not([open])"));
      folded.forEach(function (details) { details.open = true; });
    });
    addEventListener("afterprint", function () {
      folded.forEach(function (details) { details.open = false; });
    });

    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        var page = entry.target.closest(".page");
        page.querySelectorAll(".rail a").forEach(function (link) {
          if (link.hash === "#" + entry.target.id) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        });
      });
    }, { rootMargin: "-10% 0px -80% 0px" });
    each("main > section", function (section) { seen.observe(section); });
  });
})();
