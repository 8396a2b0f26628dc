// The operations that the clients of the tests ask.
import { gql } from "@apollo/client";

export const DOCUMENT = gql`
  query Document($number: String!, $first: Int!, $after: String) {
    fundingDocument(number: $number) {
      id
      label
      citedBy(role: FUNDS, first: $first, after: $after) {
        totalCount
        edges {
          cursor
          node {
            id
            name
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

export const NODES = gql`
  query Nodes($ids: [ID!]!) {
    nodes(ids: $ids) {
      ...Named
    }
  }
  fragment Named on Node {
    id
    label
    ... on Project {
      budget {
        total {
          yuan
        }
      }
    }
  }
`;
