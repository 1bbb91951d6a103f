//! Every construct, and `<script>` in every place an author can type.
