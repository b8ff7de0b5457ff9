// Draws the areas, keeps them up to date, and reports the one that was picked by click or by keyboard.
// Called with the Leaflet map, a function that returns the shapes (GeoJSON), the steps of the arrow keys, and the view:
//   title, help         words for a screen reader
//   picked, answered    the picked code, and the number of the last pick that the server has seen
//   first               the code to begin with on the keyboard
//   defs                SVG patterns
//   edges               the colours of borders, from the lowest to the uppermost
//   areas               code -> {name, words, fill, edge}
// The areas are made once and restyled from then on, so focus, tooltip and zoom outlive every answer of the server.
(function (map, shapes, steps, view) {
  "use strict";
  var atlas = window.atlas;
  if (!atlas || atlas.map !== map) { atlas = window.atlas = make(); }
  atlas.show(view);

  function make() {
    var layers = {};      // code -> Leaflet layer
    var current = null;   // the one area in the tab order
    var picked = null;
    var sent = 0;         // number of the last pick that this map has reported
    var edgesShown = "";

    var patterns = document.createElement("div");
    patterns.setAttribute("aria-hidden", "true");
    patterns.style.cssText = "position:absolute;width:0;height:0;overflow:hidden"; // patterns of a hidden SVG stay blank
    document.body.appendChild(patterns);

    var collection = L.geoJSON(shapes(), {
      style: {stroke: false, fillOpacity: 1},
      smoothFactor: 0, // thinning each area alone would open gaps along shared borders
      onEachFeature: function (feature, layer) { layers[feature.properties.gss_code] = layer; }
    }).addTo(map);
    var codes = Object.keys(layers);
    var group = collection.getLayers()[0].getElement().ownerSVGElement;
    group.setAttribute("role", "group");
    codes.forEach(prepare);

    // Lines lie above all areas: no area hides its neighbour's half of a border, and a picked or focused area never has
    // to be moved to the front, which would take the focus away. Drawn in this order.
    var pane = map.createPane("lines");
    pane.style.zIndex = 450; // above the areas, below the tooltip
    pane.style.pointerEvents = "none";
    pane.setAttribute("aria-hidden", "true");
    var heavy = map.getSize().x < 480 ? 0.7 : 1; // on a phone full lines would cover the small areas
    line("#ffffff", 2.5).setLatLngs(borders(codes)); // parts two dark areas, where a dark border would not be seen
    var edges = view.edges.map(function (colour) { return {colour: colour, line: line(colour, 1)}; });
    var pickedCasing = line("#ffffff", 8);
    var focusEdge = line("#0b0c0c", 11);
    var focusRing = line("#ffdd00", 7);
    var pickedLine = line("#0b0c0c", 4);
    return {map: map, show: show};

    function line(colour, weight) {
      return L.polygon([], {pane: "lines", interactive: false, fill: false, color: colour, weight: weight * heavy, opacity: 1,
        lineJoin: "round", smoothFactor: 0}).addTo(map);
    }

    // The given areas as one multipolygon.
    function borders(wanted) {
      return wanted.flatMap(function (code) {
        var rings = layers[code].getLatLngs();
        return L.LineUtil.isFlat(rings[0]) ? [rings] : rings;
      });
    }

    function prepare(code) {
      var layer = layers[code];
      var path = layer.getElement();
      path.classList.add("area");
      path.dataset.gss = code;
      path.setAttribute("role", "button");
      path.setAttribute("tabindex", "-1");
      layer.bindTooltip(document.createElement("div"), {sticky: true, opacity: 1});
      // Leaflet points to the tooltip as a description; it says what the label says, and would be read out twice.
      layer.on("tooltipopen", function () { path.removeAttribute("aria-describedby"); });

      // In the capture phase, and no further: the component would report the click again, 250 ms later.
      path.addEventListener("click", function (event) {
        event.stopPropagation();
        event.preventDefault();
        if (!map.dragging.moved()) { pick(code); } // else it is the end of a drag
      }, true);
      path.addEventListener("keydown", function (event) { onKey(event, code); });
      path.addEventListener("focus", function () {
        makeCurrent(code);
        if (path.matches(":focus-visible")) { showRing(code); }
      });
      path.addEventListener("blur", function () { showRing(null); });
    }

    function onKey(event, code) {
      if (event.ctrlKey || event.altKey || event.metaKey) { return; }
      var next = steps[code][event.key];
      if (next) { focus(next); }
      else if (event.key === "Enter" || event.key === " ") { if (!event.repeat) { pick(code); showRing(code); } }
      else if (event.key === "+" || event.key === "=") { map.zoomIn(1); }
      else if (event.key === "-") { map.zoomOut(1); }
      else if (event.key === "0") { map.showAll(); }
      else if (event.key === "Escape") { layers[code].closeTooltip(); }
      else if (event.key.indexOf("Arrow") !== 0) { return; } // at the edge an arrow still must not scroll the page
      event.preventDefault();
    }

    function focus(code) {
      layers[code].getElement().focus({preventScroll: true});
      showRing(code);
      var middle = layers[code].getCenter();
      if (!map.getBounds().contains(middle)) { map.panTo(middle); }
    }

    function makeCurrent(code) {
      if (current) { layers[current].getElement().setAttribute("tabindex", "-1"); }
      layers[code].getElement().setAttribute("tabindex", "0");
      current = code;
    }

    function showRing(code) {
      var around = code ? layers[code].getLatLngs() : [];
      focusEdge.setLatLngs(around);
      focusRing.setLatLngs(around);
    }

    function markPicked(code) {
      if (picked) { layers[picked].getElement().setAttribute("aria-pressed", "false"); }
      if (code) { layers[code].getElement().setAttribute("aria-pressed", "true"); }
      picked = code;
      var around = code ? layers[code].getLatLngs() : [];
      pickedCasing.setLatLngs(around);
      pickedLine.setLatLngs(around);
    }

    // Marks the area at once and tells the page, in the form in which the component itself would after its pause.
    function pick(code) {
      markPicked(code);
      makeCurrent(code);
      // Never the same number twice, not even after the map was mounted anew: an equal value would be no change.
      sent = Math.max(sent + 1, Date.now());
      var value = {
        last_object_clicked_count: sent,
        last_active_drawing: {type: "Feature", properties: {gss_code: code}}
      };
      var data = window.__GLOBAL_DATA__;
      data.last_object_clicked_count = value.last_object_clicked_count;
      data.last_active_drawing = value.last_active_drawing;
      data.previous_data = value; // so that the component does not report it once more when the map is moved
      window.Streamlit.setComponentValue(value);
    }

    function show(next) {
      patterns.innerHTML = next.defs;
      group.setAttribute("aria-label", next.title + ". " + next.help);
      if (window.frameElement) { window.frameElement.setAttribute("aria-label", "Map: " + next.title); }
      codes.forEach(function (code) {
        var area = next.areas[code];
        var path = layers[code].getElement();
        layers[code].setStyle({fillColor: area.fill});
        path.setAttribute("aria-label", area.name + ": " + area.words);
        path.setAttribute("aria-pressed", String(code === picked));
        var name = document.createElement("strong");
        name.textContent = area.name;
        layers[code].getTooltip().getContent().replaceChildren(
          name, document.createElement("br"), document.createTextNode(area.words));
      });
      showEdges(next.areas);
      // An answer to an earlier pick must not take back a later one that is still on its way.
      if (next.answered >= sent) { markPicked(next.picked); }
      if (!current || !group.contains(document.activeElement)) { makeCurrent(picked || current || next.first); }
    }

    function showEdges(areas) {
      var wanted = codes.map(function (code) { return areas[code].edge; });
      if (edgesShown === wanted.join()) { return; }
      edgesShown = wanted.join();
      edges.forEach(function (edge) {
        edge.line.setLatLngs(borders(codes.filter(function (code, place) { return wanted[place] === edge.colour; })));
      });
    }
  }
})
