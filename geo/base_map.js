// The empty base map. Constant: any change of this text between two runs would mount the map anew.
// Called with the Leaflet map and the bounds of London.
(function (map, london) {
  "use strict";
  var moved = false; // has the reader zoomed or panned?
  var fitting = false;

  L.control.zoom({position: "bottomleft"}).addTo(map); // the one corner that London leaves empty

  // The zoom buttons stay out of the tab order: the areas are the one stop, and + and - work there.
  map.getContainer().querySelectorAll(".leaflet-control-zoom a").forEach(function (button) {
    button.tabIndex = -1;
  });

  function fit() {
    var size = map.getContainer().getBoundingClientRect();
    if (!size.width || !size.height) { return; } // in a closed expander, say
    map.invalidateSize({animate: false, pan: false});
    if (moved) { return; }
    fitting = true;
    map.fitBounds(london, {animate: false, padding: [6, 6]});
    fitting = false;
  }

  map.on("zoomstart dragstart", function () { if (!fitting) { moved = true; } });
  map.showAll = function () { moved = false; fit(); };
  new ResizeObserver(fit).observe(map.getContainer());
  fit();

  // The component reports its starting state as if it were a change, which costs a second run of the page on every
  // opening. Make that state equal to the default that it compares with.
  if (window.__GLOBAL_DATA__) { window.__GLOBAL_DATA__.last_object_clicked_count = null; }
})
