/** What the demo's staff did about a cause of tickets. */
export type Handling = {
  tool: string
  /** How its errors begin. */
  error: string
  name?: string
  /** Pinned after so many of its tickets. */
  answer?: { afterTickets: number; body: string; link?: string }
  /** Marked fixed after so many of its tickets; the next one raised opens it again. */
  fixedAfterTickets?: number
}

export const handlings: Handling[] = [
  {
    tool: 'search_docs',
    error: '401 Unauthorized',
    name: 'Search does not know renewed keys',
    answer: {
      afterTickets: 6,
      body: 'Search learns of a renewed API key only when it is made anew: open Settings, API keys, choose Renew once more, and connect again. We are working on it.',
      link: 'https://docs.northwind.example/guides/keys',
    },
  },
  {
    tool: 'create_refund',
    error: 'invalid_request',
    answer: {
      afterTickets: 4,
      body: 'A payment can be refunded up to what is left of it. Ask get_payment for the rest first, then refund that amount.',
    },
  },
  {
    tool: 'query_stock',
    error: 'QueryTimeout',
    name: 'Stock queries time out',
    fixedAfterTickets: 11,
  },
  {
    tool: 'get_page',
    error: '404 Not Found',
    name: 'Search results lead to pages that are gone',
    fixedAfterTickets: Number.POSITIVE_INFINITY,
  },
]
