// Follows a link between our own pages as the navigation does: without loading the whole front end anew, which takes a
// second. Streamlit draws the page of an address when a reader goes back through them; so the address is put in place
// and the reader "arrives" there. My borough and the date go along. Any other kind of click is the browser's.
(function () {
  "use strict";
  if (window.atlasLinks) { return; } // one for the life of the page
  window.atlasLinks = true;

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest(".atlas a[href^='./']");
    if (!link || event.defaultPrevented || event.button !== 0) { return; }
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
    event.preventDefault();
    var to = new URL(link.href), here = new URL(location.href);
    var isSamePage = to.pathname === here.pathname;
    ["mine", "as_at"].forEach(function (name) {
      if (here.searchParams.has(name) && !to.searchParams.has(name)) {
        to.searchParams.set(name, here.searchParams.get(name));
      }
    });
    history.pushState(null, "", to);
    window.dispatchEvent(new PopStateEvent("popstate", {state: null}));
    if (isSamePage) { stay(link); } else { arrive(); }
  });

  // Another page is read from its top: its heading takes the focus as soon as it is drawn, as if it had been loaded.
  function arrive() {
    var before = document.querySelector("[data-testid=stMain] h1");
    whenDrawn(function (main) {
      var heading = main.querySelector("h1");
      if (!heading || heading === before) { return false; }
      main.scrollTo(0, 0);
      heading.tabIndex = -1;
      heading.focus({preventScroll: true});
      return true;
    });
  }

  // On the same page the focus stays where it was: the link is drawn anew with what is around it, and the one that
  // leads to the same place takes the focus over. Where the reader has gone on meanwhile, it stays there.
  function stay(link) {
    var address = link.getAttribute("href");
    whenDrawn(function (main) {
      if (link.isConnected) { return false; }
      if (document.activeElement !== document.body) { return true; }
      var again = main.querySelector(".atlas a[href='" + CSS.escape(address) + "']");
      if (again) { again.focus({preventScroll: true}); }
      return Boolean(again);
    });
  }

  // Tries `done` after each change of the page until it gives true, for ten seconds at most; or until the next link is
  // followed, since the reader has then left this one.
  var stop = function () {};
  function whenDrawn(done) {
    stop();
    var main = document.querySelector("[data-testid=stMain]");
    var waiting = new MutationObserver(function () { if (done(main)) { stop(); } });
    var given_up = setTimeout(function () { stop(); }, 10000);
    stop = function () { waiting.disconnect(); clearTimeout(given_up); };
    waiting.observe(main, {childList: true, subtree: true});
  }
})();
