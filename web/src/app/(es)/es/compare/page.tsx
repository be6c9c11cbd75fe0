import ComparePage from "@/app/(en)/compare/page";

export default ComparePage;
