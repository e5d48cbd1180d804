const company =
  /[ \t]{0,2}(?:&|\+|und Söhne|GmbH|AG|KG|OHG|UG|SE|e\.[ ]?V|mbH|Inc|LLC|Ltd|Corp|Co\b|Group|Team|Service|Verlag|Bank|Versicherung)/y

/** True when what ends at `end` goes on as the name of a company. */
export function companyAt(text: string, end: number): boolean {
  company.lastIndex = end
  return company.test(text)
}
