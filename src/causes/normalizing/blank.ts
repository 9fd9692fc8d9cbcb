/** What stands in place of what differs from call to call. */
export const blank = '…'

/** Puts something in place of what each rule finds. Rules before leave the later ones less to see. */
export const apply = (text: string, rules: [RegExp, string][]): string =>
  rules.reduce((left, [rule, put]) => left.replace(rule, put), text)
