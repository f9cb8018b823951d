/** A number of a credit card, whatever stands between its digits (govalidator, IsCreditCard). */
export function isCreditCard(text: string): boolean {
  const digits = text.replace(/[^0-9]+/g, "");
  if (!CREDIT_CARD.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const weighed = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (weighed >= 10 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
}

const CREDIT_CARD =
  /^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\d{3})\d{11})$/;

/** Such as `0-321-75104-3`: white space and hyphens are passed over. */
export function isISBN10(text: string): boolean {
  const digits = compact(text);
  if (!/^(?:[0-9]{9}X|[0-9]{10})$/.test(digits)) return false;
  const sum = [...digits].reduce(
    (total, digit, index) => total + (index + 1) * (digit === "X" ? 10 : Number(digit)),
    0,
  );
  return sum % 11 === 0;
}

/** Such as `978-0321751041`. */
export function isISBN13(text: string): boolean {
  const digits = compact(text);
  if (!/^[0-9]{13}$/.test(digits)) return false;
  const sum = [...digits].reduce((total, digit, index) => total + (index % 2 === 1 ? 3 : 1) * Number(digit), 0);
  return sum % 10 === 0;
}

/** Without white space as Go's \s has it, and hyphens. */
function compact(text: string): string {
  return text.replace(/[\t\n\f\r -]+/g, "");
}
