// The keys of the map: arrows go from work to work, with Shift they move the map; plus, minus and 0 come closer and leave.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PAN = 120; // pixels

// `atlas` is what map.js tells: chosen(), shown(row), choose(row, aloud), open(row), closer(yes), whole().
export function listen(canvas, atlas, drawing, moving) {
  const keys = {
    "+": () => atlas.closer(true), "=": () => atlas.closer(true), "-": () => atlas.closer(false), 0: atlas.whole,
    Enter: () => atlas.chosen() >= 0 && atlas.open(atlas.chosen()), Escape: () => atlas.choose(-1),
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = ARROWS[event.key];
    const act = way ? () => (event.shiftKey ? moving.pan(-way[0] * PAN, -way[1] * PAN) : go(way)) : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // Chooses the next work that way, and brings it into sight.
  function go(way) {
    const from = atlas.chosen();
    const row = from < 0 ? middle() : beside(drawing.field(from), way);
    if (row < 0) return;
    const [column, line] = drawing.field(row);
    if (!moving.sees(column, line)) moving.fly({ x: column + 0.5, y: line + 0.5, scale: moving.view.scale });
    atlas.choose(row, true);
  }

  // The nearest work ahead, rather straight than far aside.
  function beside([x, y], [across, down]) {
    return nearest(([column, line]) => {
      const ahead = (column - x) * across + (line - y) * down;
      const aside = Math.abs((column - x) * down) + Math.abs((line - y) * across);
      return ahead > aside / 2 ? ahead + aside * 2.5 : Infinity;
    });
  }

  const middle = () => nearest(([column, line]) => Math.hypot(column + 0.5 - moving.view.x, line + 0.5 - moving.view.y));

  // The work of those that filters leave in for which `far` is least; -1 where there is none.
  function nearest(far) {
    let [best, least] = [-1, Infinity];
    for (let row = 0; row < drawing.fields.length / 2; row++) {
      const distance = far(drawing.field(row));
      if (distance < least && atlas.shown(row)) [best, least] = [row, distance];
    }
    return best;
  }
}
