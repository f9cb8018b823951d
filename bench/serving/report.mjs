/** A table in text: its title, the names of its columns, and rows whose first cell is a name. */
export function table(title, columns, rows) {
  const lines = [["", ...columns], ...rows];
  const widths = lines[0].map((_, place) => Math.max(...lines.map((cells) => cells[place].length)));
  const text = lines.map((cells) =>
    cells.map((cell, place) => (place === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[place] + 2))).join(""),
  );
  return ["", title, ...text].join("\n");
}

/** A ratio with the least and the most of all rounds. */
export function said({ times, least, most }) {
  return `${times.toFixed(2)} × (${least.toFixed(2)} to ${most.toFixed(2)})`;
}

export function grouped(number) {
  return Math.round(number).toLocaleString("en");
}
