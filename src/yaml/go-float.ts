/**
 * A float as Go's `strconv.FormatFloat(x, 'g', -1, 64)` writes it: as few digits as tell it from its neighbours, with an
 * exponent of two digits or more below 1e-4 and from 1e6 on.
 */
export function goFloat(value: number): string {
  return arrange(value.toExponential());
}

/** The same for the nearest float32, which is how go-yaml's users write a float that is the key of a mapping. */
export function goFloat32(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return ".nan";
  if (!Number.isFinite(single)) return single > 0 ? ".inf" : "-.inf";
  for (let digits = 0; digits < 8; digits++) {
    const text = single.toExponential(digits);
    if (Math.fround(Number(text)) === single) return arrange(text, single);
  }
  return arrange(single.toExponential(8), single);
}

/** @param scientific such as "-1.25e-7" */
function arrange(scientific: string, value = Number(scientific)): string {
  const [mantissa = "", exponentText = "0"] = scientific.split("e");
  const exponent = Number(exponentText);
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  if (exponent < -4 || exponent >= 6) return sign + withExponent(digits, exponent);
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const rest = digits.slice(exponent + 1);
  return sign + (rest === "" ? whole : `${whole}.${rest}`);
}

function withExponent(digits: string, exponent: number): string {
  const mantissa = digits.length === 1 ? digits : `${digits.charAt(0)}.${digits.slice(1)}`;
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
